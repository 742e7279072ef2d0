package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.Bytes;
import io.orchestrator.api.meta.Draft;
import io.orchestrator.api.schema.Fields;

/** A {@link ConfigMap} in the making. */
public final class ConfigMapDraft extends Draft<ConfigMap, ConfigMapDraft> {
    private ConfigMap map = ConfigMapBuilder.builder().build();

    ConfigMapDraft(String name) {
        super(name);
    }

    public ConfigMapDraft data(String key, String value) {
        map = map.withData(Fields.put(map.data(), key, value));
        return this;
    }

    public ConfigMapDraft data(String key, byte[] value) {
        map = map.withBinaryData(Fields.put(map.binaryData(), key, Bytes.of(value)));
        return this;
    }

    /** Its data can never change. */
    public ConfigMapDraft immutable() {
        map = map.withImmutable(true);
        return this;
    }

    @Override
    public ConfigMap build() {
        return map.withMetadata(metadata());
    }
}
