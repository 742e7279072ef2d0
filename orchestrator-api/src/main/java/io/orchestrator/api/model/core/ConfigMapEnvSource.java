package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("All keys of a config map as variables.")
@RecordBuilder
public record ConfigMapEnvSource(
        @Field(value = "The name of the config map.", tag = 1, within = 1, defaultValue = "\"\"")
        String name,

        @Field(value = "Whether it is fine that the object or the key does not exist.", tag = 2) @Nullable
        Boolean optional)
        implements ConfigMapEnvSourceBuilder.With {
    public static final ConfigMapEnvSource EMPTY =
            ConfigMapEnvSourceBuilder.builder().build();

    public ConfigMapEnvSource {
        name = Fields.text(name);
    }
}
