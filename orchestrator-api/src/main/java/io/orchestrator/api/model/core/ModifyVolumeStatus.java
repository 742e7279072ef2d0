package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("Modify volume status.")
@RecordBuilder
public record ModifyVolumeStatus(
        @Field(value = "Target volume attributes class name.", tag = 1)
        String targetVolumeAttributesClassName,

        @Field(
                value = "Status.",
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
