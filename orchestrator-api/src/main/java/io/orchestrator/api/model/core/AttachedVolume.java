package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("Attached volume.")
@RecordBuilder
public record AttachedVolume(
        @Field(value = "Name.", tag = 1, required = true, alwaysWritten = true)
        String name,

        @Field(value = "Device path.", tag = 2, required = true, alwaysWritten = true)
        String devicePath)
        implements AttachedVolumeBuilder.With {
    public static final AttachedVolume EMPTY = AttachedVolumeBuilder.builder().build();

    public AttachedVolume {
        name = Fields.text(name);
        devicePath = Fields.text(devicePath);
    }
}
