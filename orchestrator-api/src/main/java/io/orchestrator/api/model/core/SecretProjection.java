package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Description("Keys of a secret as files.")
@RecordBuilder
public record SecretProjection(
        @Field(value = "The name of the secret.", tag = 1, within = 1, defaultValue = "\"\"")
        String name,

        @Field(
                value = "Which keys become which files; empty takes all keys under their own names.",
                tag = 2,
                listType = ListType.ATOMIC)
        List<KeyToPath> items,

        @Field(value = "Whether it is fine that the object or the key does not exist.", tag = 4) @Nullable
        Boolean optional)
        implements SecretProjectionBuilder.With {
    public static final SecretProjection EMPTY =
            SecretProjectionBuilder.builder().build();

    public SecretProjection {
        name = Fields.text(name);
        items = Fields.list(items);
    }
}
