package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("Puts a raw device into a container.")
@RecordBuilder
public record VolumeDevice(
        @Field(value = "The name of the volume claim.", tag = 1, required = true, alwaysWritten = true)
        String name,

        @Field(value = "Where it shows up in the container.", tag = 2, required = true, alwaysWritten = true)
        String devicePath)
        implements VolumeDeviceBuilder.With {
    public static final VolumeDevice EMPTY = VolumeDeviceBuilder.builder().build();

    public VolumeDevice {
        name = Fields.text(name);
        devicePath = Fields.text(devicePath);
    }
}
