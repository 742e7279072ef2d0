package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("Config map node config source.")
@RecordBuilder
public record ConfigMapNodeConfigSource(
        @Field(value = "Namespace.", tag = 1, required = true, alwaysWritten = true)
        String namespace,

        @Field(value = "Name.", tag = 2, required = true, alwaysWritten = true)
        String name,

        @Field(value = "Uid.", tag = 3) String uid,
        @Field(value = "Resource version.", tag = 4) String resourceVersion,

        @Field(value = "Kubelet config key.", tag = 5, required = true, alwaysWritten = true)
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
