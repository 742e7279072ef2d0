package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Description("Config map projection.")
@RecordBuilder
public record ConfigMapProjection(
        @Field(value = "Name.", tag = 1, within = 1, defaultValue = "\"\"")
        String name,

        @Field(value = "Items.", tag = 2, listType = ListType.ATOMIC)
        List<KeyToPath> items,

        @Field(value = "Optional.", tag = 4) @Nullable Boolean optional)
        implements ConfigMapProjectionBuilder.With {
    public static final ConfigMapProjection EMPTY =
            ConfigMapProjectionBuilder.builder().build();

    public ConfigMapProjection {
        name = Fields.text(name);
        items = Fields.list(items);
    }
}
