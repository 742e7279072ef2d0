package io.orchestrator.api.meta;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.orchestrator.api.schema.ResourceKind;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

@ResourceKind(version = "v1", kind = "DeleteOptions", plural = "deleteoptions", namespaced = false)
@Description("Delete options.")
@RecordBuilder
public record DeleteOptions(
        @Field(value = "Grace period seconds.", tag = 1) @Nullable
        Long gracePeriodSeconds,

        @Field(value = "Preconditions.", tag = 2) @Nullable Preconditions preconditions,

        @Field(value = "Orphan dependents.", tag = 3) @Nullable
        Boolean orphanDependents,

        @Field(value = "Propagation policy.", tag = 4) @Nullable
        String propagationPolicy,

        @Field(value = "Dry run.", tag = 5, listType = ListType.ATOMIC)
        List<String> dryRun,

        @Field(value = "Ignore store read error with cluster breaking potential.", tag = 6) @Nullable
        Boolean ignoreStoreReadErrorWithClusterBreakingPotential)
        implements DeleteOptionsBuilder.With {
    public static final DeleteOptions EMPTY = DeleteOptionsBuilder.builder().build();

    public DeleteOptions {
        dryRun = Fields.list(dryRun);
    }
}
