package io.orchestrator.core.control.policystatus;

import io.orchestrator.api.meta.GroupVersionKind;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.model.apiextensions.CustomResourceDefinition;
import io.orchestrator.api.model.apiextensions.CustomResourceDefinitionVersion;
import io.orchestrator.api.model.apiextensions.CustomResourceValidation;
import io.orchestrator.core.cel.ValueShape;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.schema.Kinds;
import io.orchestrator.core.shape.RecordShapes;
import io.orchestrator.core.shape.SchemaBuilder;
import io.orchestrator.core.shape.SchemaShapes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The kinds that there are at one moment, built in and defined, and what expressions may know of their objects. Confined. */
final class KnownKinds {
    private final Kinds builtIn = Kinds.builtIn();
    private final ObjectCodec codec;
    private final RecordShapes records;
    private final List<CustomResourceDefinition> definitions;

    KnownKinds(ObjectCodec codec, List<CustomResourceDefinition> definitions) {
        this.codec = codec;
        this.records = new RecordShapes(codec.schemas());
        this.definitions = definitions;
    }

    /** The kind of a resource such as {@code deployments}; empty where it is not served. */
    Optional<GroupVersionKind> kindOf(String group, String version, String resource) {
        Optional<GroupVersionKind> known = builtIn.all().stream()
                .filter(type -> type.group().equals(group)
                        && type.version().equals(version)
                        && type.plural().equals(resource))
                .map(ResourceType::groupVersionKind)
                .findFirst();
        if (known.isPresent()) {
            return known;
        }
        return definitions.stream()
                .filter(each -> each.spec().group().equals(group)
                        && each.spec().names().plural().equals(resource)
                        && served(each, version).isPresent())
                .map(each ->
                        new GroupVersionKind(group, version, each.spec().names().kind()))
                .findFirst();
    }

    /** What is known of its objects; empty where nothing is. */
    Optional<ValueShape> shapeOf(GroupVersionKind kind) {
        Optional<ResourceType<?>> known = builtIn.find(kind.apiVersion(), kind.kind());
        if (known.isPresent()) {
            return known.map(type -> records.of(type.objectClass()));
        }
        return definitions.stream()
                .filter(each -> each.spec().group().equals(kind.group())
                        && each.spec().names().kind().equals(kind.kind()))
                .flatMap(each -> served(each, kind.version()).stream())
                .flatMap(each -> shapeOf(each).stream())
                .findFirst();
    }

    private Optional<ValueShape> shapeOf(CustomResourceDefinitionVersion version) {
        return Optional.ofNullable(version.schema())
                .map(CustomResourceValidation::openAPIV3Schema)
                .map(schema -> SchemaShapes.of(new SchemaBuilder(codec).build(schema), true))
                .map(shape -> {
                    // Rules of the definition itself see two names of it; policies see all.
                    Map<String, ValueShape> fields = new HashMap<>(shape.fields());
                    fields.put("metadata", records.of(ObjectMeta.class));
                    return ValueShape.object(fields, shape.smallest());
                });
    }

    private static Optional<CustomResourceDefinitionVersion> served(
            CustomResourceDefinition definition, String version) {
        return definition.spec().versions().stream()
                .filter(each -> each.served() && each.name().equals(version))
                .findFirst();
    }
}
