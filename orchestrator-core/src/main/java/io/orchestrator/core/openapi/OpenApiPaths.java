package io.orchestrator.core.openapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.meta.Unstructured;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The paths of resources with their operations. Confined to the making of a document. */
final class OpenApiPaths {
    private static final List<String> PATCH_TYPES = List.of(
            "application/json-patch+json",
            "application/merge-patch+json",
            "application/strategic-merge-patch+json",
            "application/apply-patch+yaml");

    private static final List<String> CUSTOM_PATCH_TYPES =
            PATCH_TYPES.stream().filter(type -> !type.contains("strategic")).toList();

    private final SchemaDefinitions definitions;
    private final Dialect dialect;
    private final SortedMap<String, ObjectNode> paths = new TreeMap<>();

    OpenApiPaths(SchemaDefinitions definitions, Dialect dialect) {
        this.definitions = definitions;
        this.dialect = dialect;
    }

    ObjectNode finish() {
        ObjectNode all = SchemaDefinitions.object();
        paths.forEach(all::set);
        return all;
    }

    void add(ServedResource resource) {
        ResourceType<?> type = resource.type();
        if (resource.structure() != null) {
            definitions.custom(type, resource.structure());
        }
        String base = "/" + resource.groupVersionPath() + "/";
        String scoped = type.namespaced() ? base + "namespaces/{namespace}/" : base;
        String scope = (type.namespaced() ? "Namespaced" : "") + type.kind();
        String collection = scoped + type.plural();
        String object = collection + "/{name}";

        Set<String> verbs = resource.verbs();
        if (verbs.contains("list") || verbs.contains("create") || verbs.contains("deletecollection")) {
            Operations operations = operations(type, type);
            operations.collection(verbs, scope, false);
            paths.put(collection, operations.finish(collection));
        }
        if (type.namespaced() && verbs.contains("list")) {
            Operations operations = operations(type, type);
            operations.collection(verbs, type.kind() + "ForAllNamespaces", true);
            paths.put(base + type.plural(), operations.finish(base + type.plural()));
        }
        if (verbs.contains("get") || verbs.contains("update") || verbs.contains("patch") || verbs.contains("delete")) {
            Operations operations = operations(type, type);
            operations.object(verbs, scope);
            paths.put(object, operations.finish(object));
        }
        for (ServedResource.Part part : resource.parts()) {
            if (part.name().equals(ProxyPaths.NAME)) {
                new ProxyPaths(dialect).add(type, tag(type), object, middle(type), scope + "Proxy", paths);
                continue;
            }
            String path = object + "/" + part.name();
            String partScope = scope
                    + Character.toUpperCase(part.name().charAt(0))
                    + part.name().substring(1);
            Operations operations = operations(type, part.body());
            operations.object(part.verbs(), partScope);
            if (part.verbs().contains("create")) {
                operations.create(partScope);
            }
            paths.put(path, operations.finish(path));
        }
    }

    private Operations operations(ResourceType<?> served, ResourceType<?> subject) {
        boolean custom = served.objectClass() == Unstructured.class;
        return new Operations(
                definitions, dialect, subject, tag(served), middle(served), custom ? CUSTOM_PATCH_TYPES : PATCH_TYPES);
    }

    private static String tag(ResourceType<?> served) {
        return group(served) + "_" + served.version();
    }

    private static String middle(ResourceType<?> served) {
        return capital(group(served)) + capital(served.version());
    }

    private static String group(ResourceType<?> served) {
        String group = served.group().isEmpty() ? "core" : served.group();
        int dot = group.indexOf('.');
        return dot < 0 ? group : group.substring(0, dot);
    }

    private static String capital(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
