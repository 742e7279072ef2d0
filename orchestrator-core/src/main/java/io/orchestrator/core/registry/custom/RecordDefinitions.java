package io.orchestrator.core.registry.custom;

import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.RawJson;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.model.apiextensions.CustomResourceConversion;
import io.orchestrator.api.model.apiextensions.CustomResourceDefinition;
import io.orchestrator.api.model.apiextensions.CustomResourceDefinitionNames;
import io.orchestrator.api.model.apiextensions.CustomResourceDefinitionSpec;
import io.orchestrator.api.model.apiextensions.CustomResourceDefinitionStatus;
import io.orchestrator.api.model.apiextensions.CustomResourceDefinitionVersion;
import io.orchestrator.api.model.apiextensions.CustomResourceSubresourceScale;
import io.orchestrator.api.model.apiextensions.CustomResourceSubresourceStatus;
import io.orchestrator.api.model.apiextensions.CustomResourceSubresources;
import io.orchestrator.api.model.apiextensions.CustomResourceValidation;
import io.orchestrator.api.model.apiextensions.JSONSchemaProps;
import io.orchestrator.api.model.apiextensions.JSONSchemaPropsBuilder;
import io.orchestrator.api.schema.ListType;
import io.orchestrator.api.schema.MapType;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.schema.FieldSchema;
import io.orchestrator.core.schema.Kind;
import io.orchestrator.core.schema.RecordSchema;
import io.orchestrator.core.schema.TypeSchema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes definitions of records: the schema that a record has in Java is the one that the server goes by. A component named
 * {@code status} is written apart; {@code replicas} in both spec and status give a scale.
 */
public final class RecordDefinitions {
    private final ObjectCodec codec;
    private final Deque<Class<?>> open = new ArrayDeque<>();

    private RecordDefinitions(ObjectCodec codec) {
        this.codec = codec;
    }

    /** @throws IllegalArgumentException when the record has a shape that JSON has not */
    public static CustomResourceDefinition of(ResourceType<? extends Resource> type, ObjectCodec codec) {
        return new RecordDefinitions(codec).definition(type);
    }

    private CustomResourceDefinition definition(ResourceType<? extends Resource> type) {
        RecordSchema record = codec.schemas().of(type.objectClass());
        CustomResourceDefinitionNames names = new CustomResourceDefinitionNames(
                type.plural(), type.singular(), type.shortNames(), type.kind(), type.listKind(), type.categories());
        CustomResourceDefinitionVersion version = new CustomResourceDefinitionVersion(
                type.version(),
                true,
                true,
                false,
                null,
                new CustomResourceValidation(root(record)),
                subresources(record),
                List.of(),
                List.of());
        return new CustomResourceDefinition(
                ObjectMetaBuilder.builder()
                        .name(type.plural() + "." + type.group())
                        .build(),
                new CustomResourceDefinitionSpec(
                        type.group(),
                        names,
                        type.namespaced() ? "Namespaced" : "Cluster",
                        List.of(version),
                        new CustomResourceConversion("None", null),
                        false),
                CustomResourceDefinitionStatus.EMPTY);
    }

    /** A definition that stands, with this version of its kind in the place of the one of its name, and stored in it. */
    public static CustomResourceDefinitionSpec merged(
            CustomResourceDefinitionSpec standing, CustomResourceDefinitionSpec wanted) {
        CustomResourceDefinitionVersion version = wanted.versions().get(0);
        List<CustomResourceDefinitionVersion> versions = new ArrayList<>();
        boolean known = false;
        for (CustomResourceDefinitionVersion each : standing.versions()) {
            boolean same = each.name().equals(version.name());
            known |= same;
            versions.add(same ? version : each.withStorage(false));
        }
        if (!known) {
            versions.add(version);
        }
        return wanted.withVersions(versions);
    }

    private static @Nullable CustomResourceSubresources subresources(RecordSchema record) {
        FieldSchema status = record.field("status");
        if (status == null) {
            return null;
        }
        boolean scaled = counts(record.field("spec")) && counts(status);
        CustomResourceSubresourceScale scale =
                scaled ? new CustomResourceSubresourceScale(".spec.replicas", ".status.replicas", null) : null;
        return new CustomResourceSubresources(CustomResourceSubresourceStatus.EMPTY, scale);
    }

    private static boolean counts(@Nullable FieldSchema part) {
        if (part == null || part.type().kind() != Kind.RECORD) {
            return false;
        }
        FieldSchema replicas = part.type().record().field("replicas");
        return replicas != null && replicas.type().kind() == Kind.INT;
    }

    private JSONSchemaProps root(RecordSchema record) {
        JSONSchemaProps schema = object(record);
        Map<String, JSONSchemaProps> properties = new LinkedHashMap<>(schema.properties());
        properties.remove("metadata");
        return schema.with(each -> each.properties(properties));
    }

    private JSONSchemaProps object(RecordSchema record) {
        if (open.contains(record.type())) {
            // A structural schema cannot contain itself: from here on anything goes.
            return JSONSchemaPropsBuilder.builder()
                    .type("object")
                    .preserveUnknownFields(true)
                    .build();
        }
        open.push(record.type());
        Map<String, JSONSchemaProps> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (FieldSchema field : record.fields()) {
            if (field.name().equals("metadata") && record.isTopLevel()) {
                continue;
            }
            properties.put(field.name(), property(field));
            if (field.required()) {
                required.add(field.name());
            }
        }
        open.pop();
        return JSONSchemaPropsBuilder.builder()
                .type("object")
                .description(record.description())
                .properties(properties)
                .required(required)
                .mapType(record.atomic() ? "atomic" : null)
                .build();
    }

    private JSONSchemaProps property(FieldSchema field) {
        JSONSchemaProps schema = value(field.type());
        boolean list = field.type().kind() == Kind.LIST;
        boolean map = field.type().kind() == Kind.MAP || field.type().kind() == Kind.RECORD;
        return schema.with(each -> {
            each.description(field.description());
            if (!field.defaultValue().isEmpty()) {
                each.defaultValue(RawJson.of(field.defaultValue()));
            }
            each.enumValues(field.enumValues().stream()
                    .map(value -> RawJson.of("\"" + value + "\""))
                    .toList());
            if (list && field.listType() != ListType.UNSET) {
                each.listType(field.listType().name().toLowerCase(Locale.ROOT));
                each.listMapKeys(field.mapKeys());
            }
            if (map && field.mapType() != MapType.UNSET) {
                each.mapType(field.mapType().name().toLowerCase(Locale.ROOT));
            }
        });
    }

    private JSONSchemaProps value(TypeSchema type) {
        JSONSchemaPropsBuilder schema = JSONSchemaPropsBuilder.builder();
        return switch (type.kind()) {
            case STRING -> schema.type("string").build();
            case INT -> schema.type("integer").format("int32").build();
            case LONG -> schema.type("integer").format("int64").build();
            case DOUBLE -> schema.type("number").build();
            case BOOLEAN -> schema.type("boolean").build();
            case BYTES -> schema.type("string").format("byte").build();
            case TIME, MICRO_TIME -> schema.type("string").format("date-time").build();
            case QUANTITY, INT_OR_STRING -> schema.intOrString(true).build();
            case RAW -> schema.preserveUnknownFields(true).build();
            case LIST -> schema.type("array").items(json(value(type.element()))).build();
            case MAP ->
                schema.type("object")
                        .additionalProperties(json(value(type.element())))
                        .build();
            case RECORD -> object(type.record());
        };
    }

    private RawJson json(JSONSchemaProps schema) {
        return RawJson.of(new String(codec.encode(schema), StandardCharsets.UTF_8));
    }
}
