package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Key to path.")
@RecordBuilder
public record KeyToPath(
        @Field(value = "Key.", tag = 1, required = true, alwaysWritten = true)
        String key,

        @Field(value = "Path.", tag = 2, required = true, alwaysWritten = true)
        String path,

        @Field(value = "Mode.", tag = 3) @Nullable Integer mode)
        implements KeyToPathBuilder.With {
    public static final KeyToPath EMPTY = KeyToPathBuilder.builder().build();

    public KeyToPath {
        key = Fields.text(key);
        path = Fields.text(path);
    }
}
