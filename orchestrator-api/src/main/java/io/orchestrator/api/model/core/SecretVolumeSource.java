package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Description("A file for each key of a secret.")
@RecordBuilder
public record SecretVolumeSource(
        @Field(value = "The name of the secret.", tag = 1) String secretName,

        @Field(
                value = "Which keys become which files; empty takes all keys under their own names.",
                tag = 2,
                listType = ListType.ATOMIC)
        List<KeyToPath> items,

        @Field(value = "The permissions of the files, where an item gives none.", tag = 3) @Nullable
        Integer defaultMode,

        @Field(value = "Whether it is fine that the object or the key does not exist.", tag = 4) @Nullable
        Boolean optional)
        implements SecretVolumeSourceBuilder.With {
    public static final SecretVolumeSource EMPTY =
            SecretVolumeSourceBuilder.builder().build();

    public SecretVolumeSource {
        secretName = Fields.text(secretName);
        items = Fields.list(items);
    }
}
