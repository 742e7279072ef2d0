package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.orchestrator.api.schema.PatchStrategy;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Description("How a node is set up, and whether it takes pods.")
@RecordBuilder
public record NodeSpec(
        @Field(value = "The range of addresses for the pods of the node.", tag = 1)
        String podCIDR,

        @Field(
                value = "The same, one range for each family of addresses.",
                tag = 7,
                patch = PatchStrategy.MERGE,
                listType = ListType.SET)
        List<String> podCIDRs,

        @Field(value = "The name that the machine's provider knows it by.", tag = 3)
        String providerID,

        @Field(value = "Whether new pods are kept off.", tag = 4)
        boolean unschedulable,

        @Field(
                value = "Marks that keep off or drive out pods that do not tolerate them.",
                tag = 5,
                listType = ListType.ATOMIC)
        List<Taint> taints,

        @Field(value = "Served a kind of configuration that is no longer supported.", tag = 6) @Nullable
        NodeConfigSource configSource,

        @Field(value = "No longer used.", tag = 2) String externalID)
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
