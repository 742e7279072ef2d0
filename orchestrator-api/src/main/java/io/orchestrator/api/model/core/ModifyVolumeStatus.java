package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("How far the tuning of a volume has come.")
@RecordBuilder
public record ModifyVolumeStatus(
        @Field(value = "The class that is being applied.", tag = 1)
        String targetVolumeAttributesClassName,

        @Field(
                value = "Whether it is pending, in progress or impossible.",
                tag = 2,
                required = true,
                alwaysWritten = true,
                enumValues = {
                    PersistentVolumeClaimModifyVolumeStatus.PENDING,
                    PersistentVolumeClaimModifyVolumeStatus.IN_PROGRESS,
                    PersistentVolumeClaimModifyVolumeStatus.INFEASIBLE
                })
        String status)
        implements ModifyVolumeStatusBuilder.With {
    public static final ModifyVolumeStatus EMPTY =
            ModifyVolumeStatusBuilder.builder().build();

    public ModifyVolumeStatus {
        targetVolumeAttributesClassName = Fields.text(targetVolumeAttributesClassName);
        status = Fields.text(status);
    }
}
