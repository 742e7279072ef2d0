package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.LabelSelector;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Description("How evenly pods like this one are spread.")
@RecordBuilder
public record TopologySpreadConstraint(
        @Field(value = "By how many pods domains may differ.", tag = 1, required = true, alwaysWritten = true)
        int maxSkew,

        @Field(
                value = "Nodes with the same value of this label are one domain.",
                tag = 2,
                required = true,
                alwaysWritten = true)
        String topologyKey,

        @Field(
                value = "Whether a pod then waits or is placed anyway.",
                tag = 3,
                required = true,
                alwaysWritten = true,
                enumValues = {
                    UnsatisfiableConstraintAction.DO_NOT_SCHEDULE,
                    UnsatisfiableConstraintAction.SCHEDULE_ANYWAY
                })
        String whenUnsatisfiable,

        @Field(value = "Which pods are counted.", tag = 4) @Nullable
        LabelSelector labelSelector,

        @Field(value = "With fewer domains than this, the emptiest counts as having no pod.", tag = 5) @Nullable
        Integer minDomains,

        @Field(
                value = "Whether only nodes that the pod may go to are counted.",
                tag = 6,
                enumValues = {NodeInclusionPolicy.IGNORE, NodeInclusionPolicy.HONOR})
        @Nullable
        String nodeAffinityPolicy,

        @Field(
                value = "Whether nodes with taints that it does not tolerate are left out.",
                tag = 7,
                enumValues = {NodeInclusionPolicy.IGNORE, NodeInclusionPolicy.HONOR})
        @Nullable
        String nodeTaintsPolicy,

        @Field(
                value = "Labels in which counted pods must equal the one that is placed.",
                tag = 8,
                listType = ListType.ATOMIC)
        List<String> matchLabelKeys)
        implements TopologySpreadConstraintBuilder.With {
    public static final TopologySpreadConstraint EMPTY =
            TopologySpreadConstraintBuilder.builder().build();

    public TopologySpreadConstraint {
        topologyKey = Fields.text(topologyKey);
        whenUnsatisfiable = Fields.text(whenUnsatisfiable);
        matchLabelKeys = Fields.list(matchLabelKeys);
    }
}
