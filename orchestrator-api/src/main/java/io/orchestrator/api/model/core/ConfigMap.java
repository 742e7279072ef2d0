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

@ResourceKind(version = "v1", kind = "ConfigMap", plural = "configmaps", shortNames = "cm")
@Description("Settings that pods can read as files or variables.")
@RecordBuilder
public record ConfigMap(
        @Field(value = "Who the object is: its name, labels and what the system keeps about it.", tag = 1)
        ObjectMeta metadata,

        @Field(value = "Whether the data can never change.", tag = 4) @Nullable
        Boolean immutable,

        @Field(value = "Texts by their keys.", tag = 2) Map<String, String> data,
        @Field(value = "Bytes by their keys.", tag = 3) Map<String, Bytes> binaryData)
        implements Resource, ConfigMapBuilder.With {
    public static final ResourceType<ConfigMap> TYPE = ResourceType.of(ConfigMap.class);

    public ConfigMap {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        data = Fields.map(data);
        binaryData = Fields.map(binaryData);
    }

    @Override
    public ConfigMap withMetadata(ObjectMeta metadata) {
        return ConfigMapBuilder.With.super.withMetadata(metadata);
    }

    /** Begins a config map of that name. */
    public static ConfigMapDraft named(String name) {
        return new ConfigMapDraft(name);
    }
}
