package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("A config map with a node's configuration; no longer supported.")
@RecordBuilder
public record ConfigMapNodeConfigSource(
        @Field(value = "The namespace of the config map.", tag = 1, required = true, alwaysWritten = true)
        String namespace,

        @Field(value = "The name of the config map.", tag = 2, required = true, alwaysWritten = true)
        String name,

        @Field(value = "The id of the config map, in a status only.", tag = 3)
        String uid,

        @Field(value = "The version of the config map, in a status only.", tag = 4)
        String resourceVersion,

        @Field(
                value = "The key under which the configuration is found.",
                tag = 5,
                required = true,
                alwaysWritten = true)
        String kubeletConfigKey)
        implements ConfigMapNodeConfigSourceBuilder.With {
    public static final ConfigMapNodeConfigSource EMPTY =
            ConfigMapNodeConfigSourceBuilder.builder().build();

    public ConfigMapNodeConfigSource {
        namespace = Fields.text(namespace);
        name = Fields.text(name);
        uid = Fields.text(uid);
        resourceVersion = Fields.text(resourceVersion);
        kubeletConfigKey = Fields.text(kubeletConfigKey);
    }
}
