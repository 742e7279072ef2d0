package io.orchestrator.api.model.coordination;

import io.orchestrator.api.meta.MicroTime;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Who holds the lease, and until when.")
@RecordBuilder
public record LeaseSpec(
        @Field(value = "Who holds it.", tag = 1) @Nullable String holderIdentity,

        @Field(value = "How long after its renewal it runs out.", tag = 2) @Nullable
        Integer leaseDurationSeconds,

        @Field(value = "Since when it is held.", tag = 3) @Nullable
        MicroTime acquireTime,

        @Field(value = "When it was last renewed.", tag = 4) @Nullable
        MicroTime renewTime,

        @Field(value = "How often it went to another holder.", tag = 5) @Nullable
        Integer leaseTransitions,

        @Field(value = "How a leader is chosen among candidates.", tag = 6) @Nullable
        String strategy,

        @Field(value = "Who should hold it instead.", tag = 7) @Nullable
        String preferredHolder)
        implements LeaseSpecBuilder.With {
    public static final LeaseSpec EMPTY = LeaseSpecBuilder.builder().build();
}
