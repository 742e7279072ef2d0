package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.Bytes;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ResourceKind;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@ResourceKind(version = "v1", kind = "Secret", plural = "secrets")
@Description("Settings that not everyone may see.")
@RecordBuilder
public record Secret(
        @Field(value = "Who the object is: its name, labels and what the system keeps about it.", tag = 1)
        ObjectMeta metadata,

        @Field(value = "Whether the data can never change.", tag = 5) @Nullable
        Boolean immutable,

        @Field(value = "The values by their keys.", tag = 2) Map<String, Bytes> data,

        @Field(value = "Values as text, which go into data when written and are never read back.", tag = 4)
        Map<String, String> stringData,

        @Field(value = "What the secret is for, which fixes the keys it must have.", tag = 3)
        String type)
        implements Resource, SecretBuilder.With {
    public static final ResourceType<Secret> TYPE = ResourceType.of(Secret.class);

    public Secret {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        data = Fields.map(data);
        stringData = Fields.map(stringData);
        type = Fields.text(type);
    }

    @Override
    public Secret withMetadata(ObjectMeta metadata) {
        return SecretBuilder.With.super.withMetadata(metadata);
    }

    /** Begins a secret of that name. */
    public static SecretDraft named(String name) {
        return new SecretDraft(name);
    }
}
