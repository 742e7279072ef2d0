package io.orchestrator.api.model.apps;

import io.orchestrator.api.meta.IntOrString;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("The steps in which the pods of a daemon set are replaced.")
@RecordBuilder
public record RollingUpdateDaemonSet(
        @Field(value = "On how many nodes the pod may be missing: a number, or a percentage rounded up.", tag = 1)
        @Nullable
        IntOrString maxUnavailable,

        @Field(
                value = "On how many nodes the new pod may run beside the old: a number, or a percentage rounded up.",
                tag = 2)
        @Nullable
        IntOrString maxSurge)
        implements RollingUpdateDaemonSetBuilder.With {
    public static final RollingUpdateDaemonSet EMPTY =
            RollingUpdateDaemonSetBuilder.builder().build();
}
