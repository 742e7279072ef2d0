package io.orchestrator.api.model.coordination;

import io.orchestrator.api.meta.MicroTime;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Lease spec.")
@RecordBuilder
public record LeaseSpec(
        @Field(value = "Holder identity.", tag = 1) @Nullable
        String holderIdentity,

        @Field(value = "Lease duration seconds.", tag = 2) @Nullable
        Integer leaseDurationSeconds,

        @Field(value = "Acquire time.", tag = 3) @Nullable MicroTime acquireTime,
        @Field(value = "Renew time.", tag = 4) @Nullable MicroTime renewTime,

        @Field(value = "Lease transitions.", tag = 5) @Nullable
        Integer leaseTransitions,

        @Field(value = "Strategy.", tag = 6) @Nullable String strategy,

        @Field(value = "Preferred holder.", tag = 7) @Nullable
        String preferredHolder)
        implements LeaseSpecBuilder.With {
    public static final LeaseSpec EMPTY = LeaseSpecBuilder.builder().build();
}
