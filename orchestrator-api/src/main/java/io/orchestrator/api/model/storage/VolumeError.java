package io.orchestrator.api.model.storage;

import io.orchestrator.api.meta.Time;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("A failure of a storage driver.")
@RecordBuilder
public record VolumeError(
        @Field(value = "When it happened.", tag = 1, alwaysWritten = true) @Nullable
        Time time,

        @Field(value = "The latest change in words, meant for people.", tag = 2)
        String message)
        implements VolumeErrorBuilder.With {
    public static final VolumeError EMPTY = VolumeErrorBuilder.builder().build();

    public VolumeError {
        message = Fields.text(message);
    }
}
