package io.orchestrator.api.meta;

import io.orchestrator.api.schema.Fields;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An object of a kind that has no record: a custom resource, whose definition alone says what it looks like. Immutable.
 *
 * <pre>{@code
 * ResourceType<Unstructured> widgets = ResourceType.unstructured("example.com", "v1", "Widget", "widgets", true);
 * client.resources(widgets).create(Unstructured.of(widgets, "blue").with("spec", Map.of("size", 3)));
 * }</pre>
 *
 * @param fields everything besides kind, version and metadata, as {@link JsonValues} has it
 */
public record Unstructured(String apiVersion, String kind, ObjectMeta metadata, Map<String, @Nullable Object> fields)
        implements Resource {
    public Unstructured {
        apiVersion = Fields.text(apiVersion);
        kind = Fields.text(kind);
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        fields = JsonValues.immutableMap(Fields.orElse(fields, Map.of()));
        if (fields.containsKey("metadata") || fields.containsKey("kind") || fields.containsKey("apiVersion")) {
            throw new IllegalArgumentException("metadata, kind and apiVersion are no fields like others");
        }
    }

    /** An object of this kind that has nothing but a name. */
    public static Unstructured of(ResourceType<Unstructured> type, String name) {
        return new Unstructured(
                type.apiVersion(),
                type.kind(),
                ObjectMetaBuilder.builder().name(name).build(),
                Map.of());
    }

    @Override
    public Unstructured withMetadata(ObjectMeta metadata) {
        return new Unstructured(apiVersion, kind, metadata, fields);
    }

    public Unstructured withApiVersion(String apiVersion) {
        return new Unstructured(apiVersion, kind, metadata, fields);
    }

    public Unstructured withFields(Map<String, @Nullable Object> fields) {
        return new Unstructured(apiVersion, kind, metadata, fields);
    }

    /** With this top-level field, or without it where the value is null. */
    public Unstructured with(String field, @Nullable Object value) {
        Map<String, @Nullable Object> changed = new LinkedHashMap<>(fields);
        if (value == null) {
            changed.remove(field);
        } else {
            changed.put(field, value);
        }
        return withFields(changed);
    }

    /** The value below these fields; empty where there is none, or null. */
    public Optional<Object> find(String... path) {
        Object value = fields;
        for (String step : path) {
            value = value instanceof Map<?, ?> map ? map.get(step) : null;
        }
        return Optional.ofNullable(value);
    }
}
