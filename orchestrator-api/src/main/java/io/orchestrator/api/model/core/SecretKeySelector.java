package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Atomic;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Secret key selector.")
@Atomic
@RecordBuilder
public record SecretKeySelector(
        @Field(value = "Name.", tag = 1, within = 1, defaultValue = "\"\"")
        String name,

        @Field(value = "Key.", tag = 2, required = true, alwaysWritten = true)
        String key,

        @Field(value = "Optional.", tag = 3) @Nullable Boolean optional)
        implements SecretKeySelectorBuilder.With {
    public static final SecretKeySelector EMPTY =
            SecretKeySelectorBuilder.builder().build();

    public SecretKeySelector {
        name = Fields.text(name);
        key = Fields.text(key);
    }
}
