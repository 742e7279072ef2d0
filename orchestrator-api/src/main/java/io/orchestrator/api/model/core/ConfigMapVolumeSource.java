package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Description("Config map volume source.")
@RecordBuilder
public record ConfigMapVolumeSource(
        @Field(value = "Name.", tag = 1, within = 1, defaultValue = "\"\"")
        String name,

        @Field(value = "Items.", tag = 2, listType = ListType.ATOMIC)
        List<KeyToPath> items,

        @Field(value = "Default mode.", tag = 3) @Nullable Integer defaultMode,
        @Field(value = "Optional.", tag = 4) @Nullable Boolean optional)
        implements ConfigMapVolumeSourceBuilder.With {
    public static final ConfigMapVolumeSource EMPTY =
            ConfigMapVolumeSourceBuilder.builder().build();

    public ConfigMapVolumeSource {
        name = Fields.text(name);
        items = Fields.list(items);
    }
}
