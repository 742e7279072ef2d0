package io.orchestrator.core.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchestrator.api.meta.ListMeta;
import io.orchestrator.api.meta.ManagedFieldsEntry;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.meta.Unstructured;
import io.orchestrator.api.schema.ListType;
import io.orchestrator.api.schema.MapType;
import io.orchestrator.core.codec.JsonTrees;
import io.orchestrator.core.schema.FieldSchema;
import io.orchestrator.core.schema.Kind;
import io.orchestrator.core.schema.RecordSchema;
import io.orchestrator.core.schema.Schemas;
import io.orchestrator.core.schema.StructuralSchema;
import io.orchestrator.core.schema.TypeSchema;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The schemas of one document: those that are referred to, and what these refer to. Confined to the making of the document. */
final class SchemaDefinitions {
    private static final String METADATA = "Who the object is: its name, labels and what the system keeps about it.";
    private static final String LIST_META = "Standard list metadata.";
    private static final String API_VERSION = "The version of the schema of this object, such as v1 or apps/v1.";
    private static final String KIND = "The kind of this object, in camel case. It cannot be changed.";

    private final Schemas schemas;
    private final JsonTrees trees;
    private final Dialect dialect;
    private final SortedMap<String, ObjectNode> done = new TreeMap<>();
    private final Deque<Class<?>> waiting = new ArrayDeque<>();

    SchemaDefinitions(Schemas schemas, JsonTrees trees, Dialect dialect) {
        this.schemas = schemas;
        this.trees = trees;
        this.dialect = dialect;
    }

    /** All of them, by name. */
    ObjectNode finish() {
        while (!waiting.isEmpty()) {
            Class<?> next = waiting.remove();
            done.put(SchemaNames.of(next), record(schemas.of(next)));
        }
        ObjectNode all = object();
        done.forEach(all::set);
        return all;
    }

    /** A reference to the schema of a record. */
    ObjectNode reference(Class<?> record) {
        String name = SchemaNames.of(record);
        if (!done.containsKey(name)) {
            done.put(name, object());
            waiting.add(record);
        }
        return reference(name);
    }

    /** A reference to the schema of a kind. */
    ObjectNode reference(ResourceType<?> type) {
        return type.objectClass() == Unstructured.class
                ? reference(SchemaNames.of(type))
                : reference(type.objectClass());
    }

    /** Takes in the schema of a custom resource, which its definition gives. */
    void custom(ResourceType<?> type, StructuralSchema schema) {
        ObjectNode definition = new CustomDefinitions(schemas, dialect).root(schema);
        ObjectNode properties = definition.withObjectProperty("properties");
        properties.set("apiVersion", described(object().put("type", "string"), API_VERSION));
        properties.set("kind", described(object().put("type", "string"), KIND));
        properties.set("metadata", described(reference(ObjectMeta.class), METADATA));
        definition.putArray("x-kubernetes-group-version-kind").add(kind(type.group(), type.version(), type.kind()));
        done.put(SchemaNames.of(type), definition);
    }

    /** A reference to the schema of a kind's list. */
    ObjectNode listReference(ResourceType<?> type) {
        String name = SchemaNames.of(type) + "List";
        if (!done.containsKey(name)) {
            done.put(name, object());
            done.put(name, list(type));
        }
        return reference(name);
    }

    /** Kinds that every group version serves besides its own: their schema says so. */
    void shared(Class<?> record, Collection<ResourceType<?>> groupVersions) {
        String name = SchemaNames.of(record);
        reference(record);
        finish();
        ArrayNode kinds = object().arrayNode();
        RecordSchema schema = schemas.of(record);
        kinds.add(kind("", "v1", schema.kindName()));
        groupVersions.stream()
                .filter(type -> !type.group().isEmpty())
                .map(type -> kind(type.group(), type.version(), schema.kindName()))
                .distinct()
                .forEach(kinds::add);
        done.computeIfPresent(name, (key, definition) -> definition.set("x-kubernetes-group-version-kind", kinds));
    }

    ObjectNode patchReference() {
        done.computeIfAbsent(
                SchemaNames.PATCH,
                name -> object().put("description", "The body of a patch request.")
                        .put("type", "object"));
        return reference(SchemaNames.PATCH);
    }

    static ObjectNode kind(String group, String version, String kind) {
        return object().put("group", group).put("kind", kind).put("version", version);
    }

    private ObjectNode reference(String name) {
        return object().put("$ref", dialect.reference(name));
    }

    private ObjectNode list(ResourceType<?> type) {
        ObjectNode properties = object();
        properties.set("apiVersion", described(object().put("type", "string"), API_VERSION));
        ObjectNode items = object().put("type", "array");
        items.set("items", nested(reference(type)));
        properties.set("items", described(items, "The objects."));
        properties.set("kind", described(object().put("type", "string"), KIND));
        properties.set("metadata", described(reference(ListMeta.class), LIST_META));
        ObjectNode list = object().put("description", "A list of " + type.kind() + " objects.");
        list.putArray("required").add("items");
        list.put("type", "object");
        list.set("properties", properties);
        list.putArray("x-kubernetes-group-version-kind").add(kind(type.group(), type.version(), type.listKind()));
        return list;
    }

    private ObjectNode record(RecordSchema schema) {
        ObjectNode definition =
                object().put("description", schema.description()).put("type", "object");
        SortedMap<String, ObjectNode> properties = new TreeMap<>();
        ArrayNode required = definition.arrayNode();
        for (FieldSchema field : schema.fields()) {
            properties.put(field.name(), property(schema, field));
            if (field.required()) {
                required.add(field.name());
            }
        }
        if (schema.isTopLevel()) {
            properties.put("apiVersion", described(object().put("type", "string"), API_VERSION));
            properties.put("kind", described(object().put("type", "string"), KIND));
        }
        if (!required.isEmpty()) {
            definition.set("required", required);
        }
        if (!properties.isEmpty()) {
            properties.forEach(definition.putObject("properties")::set);
        }
        schema.kind()
                .ifPresent(kind -> definition
                        .putArray("x-kubernetes-group-version-kind")
                        .add(kind(kind.group(), kind.version(), kind.kind())));
        if (schema.atomic()) {
            definition.put("x-kubernetes-map-type", "atomic");
        }
        return definition;
    }

    private ObjectNode property(RecordSchema owner, FieldSchema field) {
        ObjectNode property = type(owner, field.type());
        if (!field.enumValues().isEmpty() && field.type().kind() == Kind.STRING) {
            ArrayNode values = property.putArray("enum");
            field.enumValues().stream().sorted().forEach(values::add);
        }
        if (!field.patch().isEmpty() && !field.mergeKey().isEmpty()) {
            property.put("x-kubernetes-patch-merge-key", field.mergeKey());
        }
        if (!field.patch().isEmpty()) {
            property.put(
                    "x-kubernetes-patch-strategy",
                    field.patch().stream()
                            .map(strategy -> strategy.name().equals("RETAIN_KEYS")
                                    ? "retainKeys"
                                    : strategy.name().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(",")));
        }
        if (field.listType() != ListType.UNSET && field.type().kind() == Kind.LIST) {
            property.put("x-kubernetes-list-type", field.listType().name().toLowerCase(Locale.ROOT));
        }
        if (!field.mapKeys().isEmpty()) {
            ArrayNode keys = property.putArray("x-kubernetes-list-map-keys");
            field.mapKeys().forEach(keys::add);
        }
        if (field.mapType() != MapType.UNSET) {
            property.put("x-kubernetes-map-type", field.mapType().name().toLowerCase(Locale.ROOT));
        }
        return described(defaulted(property, field), field.description());
    }

    private ObjectNode defaulted(ObjectNode property, FieldSchema field) {
        if (dialect == Dialect.V2) {
            // Kubernetes leaves defaults out of its v2 document, lest old clients fill them in.
            return property;
        }
        if (!field.defaultValue().isEmpty()) {
            JsonNode value = trees.parse(field.defaultValue());
            return wrapped(property).set("default", value);
        }
        if (field.type().kind() == Kind.RECORD && !field.nullable()) {
            return wrapped(property).set("default", object());
        }
        return property;
    }

    private ObjectNode described(ObjectNode property, String description) {
        return wrapped(property).put("description", description);
    }

    /** In v3 nothing may stand beside a reference, so it moves into an {@code allOf}. */
    private ObjectNode wrapped(ObjectNode property) {
        if (dialect == Dialect.V2 || !property.has("$ref")) {
            return property;
        }
        ObjectNode wrapper = object();
        ObjectNode reference = object();
        reference.set("$ref", property.remove("$ref"));
        wrapper.putArray("allOf").add(reference);
        wrapper.setAll(property);
        return wrapper;
    }

    private ObjectNode nested(ObjectNode element) {
        return dialect == Dialect.V3 && element.has("$ref") ? wrapped(element).set("default", object()) : element;
    }

    private ObjectNode type(RecordSchema owner, TypeSchema type) {
        return switch (type.kind()) {
            case STRING, BOOLEAN -> object().put("type", type.kind().jsonType());
            case INT -> object().put("type", "integer").put("format", "int32");
            case LONG -> object().put("type", "integer").put("format", "int64");
            case DOUBLE -> object().put("type", "number").put("format", "double");
            case BYTES -> object().put("type", "string").put("format", "byte");
            case QUANTITY -> value(SchemaNames.QUANTITY);
            case INT_OR_STRING -> value(SchemaNames.INT_OR_STRING);
            case TIME -> value(SchemaNames.TIME);
            case MICRO_TIME -> value(SchemaNames.MICRO_TIME);
            case RAW -> value(owner.type() == ManagedFieldsEntry.class ? SchemaNames.FIELDS : SchemaNames.RAW);
            case LIST -> {
                ObjectNode list = object().put("type", "array");
                list.set("items", nested(type(owner, type.element())));
                yield list;
            }
            case MAP -> {
                ObjectNode map = object().put("type", "object");
                map.set("additionalProperties", nested(type(owner, type.element())));
                yield map;
            }
            case RECORD -> reference(type.javaType());
        };
    }

    private ObjectNode value(String name) {
        done.computeIfAbsent(name, key -> ValueSchemas.of(key, dialect));
        return reference(name);
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
