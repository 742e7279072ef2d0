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
@Description("How an object is to be deleted.")
@RecordBuilder
public record DeleteOptions(
        @Field(value = "How long it has for an orderly end; absent takes its own, 0 is at once.", tag = 1) @Nullable
        Long gracePeriodSeconds,

        @Field(value = "What must hold, or nothing is deleted.", tag = 2) @Nullable
        Preconditions preconditions,

        @Field(value = "The former form of propagationPolicy.", tag = 3) @Nullable
        Boolean orphanDependents,

        @Field(value = "What happens to the objects that depend on it.", tag = 4) @Nullable
        String propagationPolicy,

        @Field(value = "All for a request that is checked but not carried out.", tag = 5, listType = ListType.ATOMIC)
        List<String> dryRun,

        @Field(value = "Whether to delete what cannot even be read; dangerous.", tag = 6) @Nullable
        Boolean ignoreStoreReadErrorWithClusterBreakingPotential)
        implements DeleteOptionsBuilder.With {
    public static final DeleteOptions EMPTY = DeleteOptionsBuilder.builder().build();

    public DeleteOptions {
        dryRun = Fields.list(dryRun);
    }
}
