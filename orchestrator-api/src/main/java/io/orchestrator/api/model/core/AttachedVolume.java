package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("A volume that is attached to a machine.")
@RecordBuilder
public record AttachedVolume(
        @Field(value = "The unique name of the volume.", tag = 1, required = true, alwaysWritten = true)
        String name,

        @Field(value = "The device under which the machine sees it.", tag = 2, required = true, alwaysWritten = true)
        String devicePath)
        implements AttachedVolumeBuilder.With {
    public static final AttachedVolume EMPTY = AttachedVolumeBuilder.builder().build();

    public AttachedVolume {
        name = Fields.text(name);
        devicePath = Fields.text(devicePath);
    }
}
