package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.orchestrator.api.schema.PatchStrategy;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Description("Node spec.")
@RecordBuilder
public record NodeSpec(
        @Field(value = "Pod cidr.", tag = 1) String podCIDR,

        @Field(value = "Pod cid rs.", tag = 7, patch = PatchStrategy.MERGE, listType = ListType.SET)
        List<String> podCIDRs,

        @Field(value = "Provider id.", tag = 3) String providerID,
        @Field(value = "Unschedulable.", tag = 4) boolean unschedulable,

        @Field(value = "Taints.", tag = 5, listType = ListType.ATOMIC)
        List<Taint> taints,

        @Field(value = "Config source.", tag = 6) @Nullable NodeConfigSource configSource,
        @Field(value = "External id.", tag = 2) String externalID)
        implements NodeSpecBuilder.With {
    public static final NodeSpec EMPTY = NodeSpecBuilder.builder().build();

    public NodeSpec {
        podCIDR = Fields.text(podCIDR);
        podCIDRs = Fields.list(podCIDRs);
        providerID = Fields.text(providerID);
        taints = Fields.list(taints);
        externalID = Fields.text(externalID);
    }
}
