package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.LabelSelector;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Description("Topology spread constraint.")
@RecordBuilder
public record TopologySpreadConstraint(
        @Field(value = "Max skew.", tag = 1, required = true, alwaysWritten = true)
        int maxSkew,

        @Field(value = "Topology key.", tag = 2, required = true, alwaysWritten = true)
        String topologyKey,

        @Field(
                value = "When unsatisfiable.",
                tag = 3,
                required = true,
                alwaysWritten = true,
                enumValues = {
                    UnsatisfiableConstraintAction.DO_NOT_SCHEDULE,
                    UnsatisfiableConstraintAction.SCHEDULE_ANYWAY
                })
        String whenUnsatisfiable,

        @Field(value = "Label selector.", tag = 4) @Nullable LabelSelector labelSelector,
        @Field(value = "Min domains.", tag = 5) @Nullable Integer minDomains,

        @Field(
                value = "Node affinity policy.",
                tag = 6,
                enumValues = {NodeInclusionPolicy.IGNORE, NodeInclusionPolicy.HONOR})
        @Nullable
        String nodeAffinityPolicy,

        @Field(
                value = "Node taints policy.",
                tag = 7,
                enumValues = {NodeInclusionPolicy.IGNORE, NodeInclusionPolicy.HONOR})
        @Nullable
        String nodeTaintsPolicy,

        @Field(value = "Match label keys.", tag = 8, listType = ListType.ATOMIC)
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
