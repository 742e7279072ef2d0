package io.orchestrator.api.model.apps;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("What happens to claims that no pod uses any more.")
@RecordBuilder
public record StatefulSetPersistentVolumeClaimRetentionPolicy(
        @Field(value = "When the set is deleted.", tag = 1) String whenDeleted,

        @Field(value = "When the set is scaled down.", tag = 2)
        String whenScaled)
        implements StatefulSetPersistentVolumeClaimRetentionPolicyBuilder.With {
    public static final StatefulSetPersistentVolumeClaimRetentionPolicy EMPTY =
            StatefulSetPersistentVolumeClaimRetentionPolicyBuilder.builder().build();

    public StatefulSetPersistentVolumeClaimRetentionPolicy {
        whenDeleted = Fields.text(whenDeleted);
        whenScaled = Fields.text(whenScaled);
    }
}
