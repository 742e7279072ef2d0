package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.orchestrator.api.schema.MapType;
import io.orchestrator.api.schema.PatchStrategy;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Description("What the claim has got.")
@RecordBuilder
public record PersistentVolumeClaimStatus(
        @Field(
                value = "Whether it waits, is bound, or has lost its volume.",
                tag = 1,
                enumValues = {
                    PersistentVolumeClaimPhase.PENDING,
                    PersistentVolumeClaimPhase.BOUND,
                    PersistentVolumeClaimPhase.LOST
                })
        String phase,

        @Field(
                value = "How the volume can be mounted.",
                tag = 2,
                listType = ListType.ATOMIC,
                enumValues = {
                    PersistentVolumeAccessMode.READ_WRITE_ONCE,
                    PersistentVolumeAccessMode.READ_ONLY_MANY,
                    PersistentVolumeAccessMode.READ_WRITE_MANY,
                    PersistentVolumeAccessMode.READ_WRITE_ONCE_POD
                })
        List<String> accessModes,

        @Field(value = "How much the volume holds.", tag = 3)
        Map<String, Quantity> capacity,

        @Field(
                value = "The latest observations on single aspects.",
                tag = 4,
                mergeKey = "type",
                patch = PatchStrategy.MERGE,
                listType = ListType.MAP,
                mapKeys = "type")
        List<PersistentVolumeClaimCondition> conditions,

        @Field(value = "What the claim is charged for while it grows.", tag = 5)
        Map<String, Quantity> allocatedResources,

        @Field(value = "How far growing has come, by resource.", tag = 7, mapType = MapType.GRANULAR)
        Map<String, String> allocatedResourceStatuses,

        @Field(value = "The class that tunes the volume now.", tag = 8) @Nullable
        String currentVolumeAttributesClassName,

        @Field(value = "How far a change of that class has come.", tag = 9) @Nullable
        ModifyVolumeStatus modifyVolumeStatus)
        implements PersistentVolumeClaimStatusBuilder.With {
    public static final PersistentVolumeClaimStatus EMPTY =
            PersistentVolumeClaimStatusBuilder.builder().build();

    public PersistentVolumeClaimStatus {
        phase = Fields.text(phase);
        accessModes = Fields.list(accessModes);
        capacity = Fields.map(capacity);
        conditions = Fields.list(conditions);
        allocatedResources = Fields.map(allocatedResources);
        allocatedResourceStatuses = Fields.map(allocatedResourceStatuses);
    }
}
