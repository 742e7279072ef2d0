package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Atomic;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Config map key selector.")
@Atomic
@RecordBuilder
public record ConfigMapKeySelector(
        @Field(value = "Name.", tag = 1, within = 1, defaultValue = "\"\"")
        String name,

        @Field(value = "Key.", tag = 2, required = true, alwaysWritten = true)
        String key,

        @Field(value = "Optional.", tag = 3) @Nullable Boolean optional)
        implements ConfigMapKeySelectorBuilder.With {
    public static final ConfigMapKeySelector EMPTY =
            ConfigMapKeySelectorBuilder.builder().build();

    public ConfigMapKeySelector {
        name = Fields.text(name);
        key = Fields.text(key);
    }
}
