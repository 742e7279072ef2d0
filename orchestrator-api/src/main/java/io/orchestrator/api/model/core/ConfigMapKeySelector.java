package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Atomic;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Names a key of a config map.")
@Atomic
@RecordBuilder
public record ConfigMapKeySelector(
        @Field(value = "The name of the config map.", tag = 1, within = 1, defaultValue = "\"\"")
        String name,

        @Field(value = "The key.", tag = 2, required = true, alwaysWritten = true)
        String key,

        @Field(value = "Whether it is fine that the object or the key does not exist.", tag = 3) @Nullable
        Boolean optional)
        implements ConfigMapKeySelectorBuilder.With {
    public static final ConfigMapKeySelector EMPTY =
            ConfigMapKeySelectorBuilder.builder().build();

    public ConfigMapKeySelector {
        name = Fields.text(name);
        key = Fields.text(key);
    }
}
