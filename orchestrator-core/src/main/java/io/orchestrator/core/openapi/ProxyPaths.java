package io.orchestrator.core.openapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchestrator.api.meta.ResourceType;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** The paths under which somebody else answers: any method, any body, any answer. Confined to the making of a document. */
final class ProxyPaths {
    static final String NAME = "proxy";
    private static final Map<String, String> METHODS = Map.of(
            "get", "Get",
            "put", "Put",
            "post", "Post",
            "delete", "Delete",
            "options", "Options",
            "head", "Head",
            "patch", "Patch");
    private static final List<String> ANYTHING = List.of("*/*");

    private final Dialect dialect;

    ProxyPaths(Dialect dialect) {
        this.dialect = dialect;
    }

    /**
     * Adds both paths of one resource's proxy.
     *
     * @param object the path of the resource itself
     * @param middle the group and version part of operation ids
     * @param scope the rest of them
     */
    void add(
            ResourceType<?> type,
            String tag,
            String object,
            String middle,
            String scope,
            SortedMap<String, ObjectNode> to) {
        String path = object + "/" + NAME;
        to.put(path, operations(type, tag, path, middle, scope));
        to.put(path + "/{path}", operations(type, tag, path + "/{path}", middle, scope + "WithPath"));
    }

    private ObjectNode operations(ResourceType<?> type, String tag, String path, String middle, String scope) {
        ObjectNode node = SchemaDefinitions.object();
        String options = type.kind() + "ProxyOptions";
        METHODS.forEach((method, word) -> {
            ObjectNode operation = node.putObject(method)
                    .put(
                            "description",
                            "connect " + word.toUpperCase(java.util.Locale.ROOT) + " requests to proxy of "
                                    + type.kind());
            operation.put("operationId", "connect" + middle + word + scope);
            operation.putArray("tags").add(tag);
            operation.put("x-kubernetes-action", "connect");
            operation.set(
                    "x-kubernetes-group-version-kind", SchemaDefinitions.kind(type.group(), type.version(), options));
            respond(operation);
        });
        node.set("parameters", Parameters.ofProxy(path, options, dialect));
        return node;
    }

    private void respond(ObjectNode operation) {
        ObjectNode responses = operation.putObject("responses");
        ObjectNode well = responses.putObject("200").put("description", "OK");
        ObjectNode text = SchemaDefinitions.object().put("type", "string");
        responses.putObject("401").put("description", "Unauthorized");
        if (dialect == Dialect.V3) {
            well.putObject("content").putObject("*/*").set("schema", text);
            return;
        }
        well.set("schema", text);
        ANYTHING.forEach(operation.putArray("consumes")::add);
        ANYTHING.forEach(operation.putArray("produces")::add);
        operation.putArray("schemes").add("https");
    }
}
