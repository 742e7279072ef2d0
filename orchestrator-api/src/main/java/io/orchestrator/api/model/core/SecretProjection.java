package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Description("Secret projection.")
@RecordBuilder
public record SecretProjection(
        @Field(value = "Name.", tag = 1, within = 1, defaultValue = "\"\"")
        String name,

        @Field(value = "Items.", tag = 2, listType = ListType.ATOMIC)
        List<KeyToPath> items,

        @Field(value = "Optional.", tag = 4) @Nullable Boolean optional)
        implements SecretProjectionBuilder.With {
    public static final SecretProjection EMPTY =
            SecretProjectionBuilder.builder().build();

    public SecretProjection {
        name = Fields.text(name);
        items = Fields.list(items);
    }
}
