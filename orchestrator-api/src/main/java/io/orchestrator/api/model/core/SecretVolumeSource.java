package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Description("Secret volume source.")
@RecordBuilder
public record SecretVolumeSource(
        @Field(value = "Secret name.", tag = 1) String secretName,

        @Field(value = "Items.", tag = 2, listType = ListType.ATOMIC)
        List<KeyToPath> items,

        @Field(value = "Default mode.", tag = 3) @Nullable Integer defaultMode,
        @Field(value = "Optional.", tag = 4) @Nullable Boolean optional)
        implements SecretVolumeSourceBuilder.With {
    public static final SecretVolumeSource EMPTY =
            SecretVolumeSourceBuilder.builder().build();

    public SecretVolumeSource {
        secretName = Fields.text(secretName);
        items = Fields.list(items);
    }
}
