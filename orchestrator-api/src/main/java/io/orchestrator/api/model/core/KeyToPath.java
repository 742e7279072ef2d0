package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Puts the value of a key into a file.")
@RecordBuilder
public record KeyToPath(
        @Field(value = "The key.", tag = 1, required = true, alwaysWritten = true)
        String key,

        @Field(value = "The file, relative to the volume.", tag = 2, required = true, alwaysWritten = true)
        String path,

        @Field(value = "The permissions of the file; absent takes those of the volume.", tag = 3) @Nullable
        Integer mode)
        implements KeyToPathBuilder.With {
    public static final KeyToPath EMPTY = KeyToPathBuilder.builder().build();

    public KeyToPath {
        key = Fields.text(key);
        path = Fields.text(path);
    }
}
