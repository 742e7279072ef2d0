package io.orchestrator.core.openapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The paths that are no resources: discovery, version, keys. Pure. */
final class ServerPaths {
    private static final List<String> JSON = List.of("application/json");
    private static final List<String> DISCOVERY =
            List.of("application/json", "application/yaml", "application/vnd.kubernetes.protobuf");

    /** What can be read at a path, which is the key of its document. */
    private record ServerPath(String id, String description, String tag, List<String> mediaTypes) {}

    private final SortedMap<String, ServerPath> paths = new TreeMap<>();

    /** @param groupVersions such as {@code api/v1} and {@code apis/apps/v1} */
    ServerPaths(Collection<String> groupVersions) {
        paths.put("api", new ServerPath("getCoreAPIVersions", "get available API versions", "core", DISCOVERY));
        paths.put("apis", new ServerPath("getAPIVersions", "get available API versions", "apis", DISCOVERY));
        paths.put(
                "version",
                new ServerPath("getCodeVersion", "get the version information for this server", "version", JSON));
        paths.put(
                ".well-known/openid-configuration",
                new ServerPath(
                        "getServiceAccountIssuerOpenIDConfiguration",
                        "get the configuration of the issuer of service accounts' tokens",
                        "WellKnown",
                        JSON));
        paths.put(
                "openid/v1/jwks",
                new ServerPath(
                        "getServiceAccountIssuerOpenIDKeyset",
                        "get the keys by which service accounts' tokens are verified",
                        "openid",
                        List.of("application/jwk-set+json")));
        groupVersions.forEach(this::group);
    }

    private void group(String groupVersion) {
        String[] parts = groupVersion.split("/", -1);
        String group = parts.length > 2 ? parts[1] : "";
        String version = parts[parts.length - 1];
        int dot = group.indexOf('.');
        String name = group.isEmpty() ? "core" : dot < 0 ? group : group.substring(0, dot);
        if (!group.isEmpty()) {
            paths.put(
                    "apis/" + group,
                    new ServerPath("get" + capital(name) + "APIGroup", "get information of a group", name, DISCOVERY));
        }
        paths.put(
                groupVersion,
                new ServerPath(
                        "get" + capital(name) + capital(version) + "APIResources",
                        "get available resources",
                        name + "_" + version,
                        DISCOVERY));
    }

    private static String capital(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }

    /** What there are documents for, as they are asked for: without slashes around them. */
    List<String> keys() {
        return List.copyOf(paths.keySet());
    }

    /** Adds what is read at the path of this document, if anything is. */
    void add(String key, ObjectNode to, Dialect dialect) {
        Optional.ofNullable(paths.get(key)).ifPresent(path -> to.set("/" + key + "/", item(path, dialect)));
    }

    void addAll(ObjectNode to, Dialect dialect) {
        paths.keySet().forEach(key -> add(key, to, dialect));
    }

    private static ObjectNode item(ServerPath path, Dialect dialect) {
        ObjectNode item = SchemaDefinitions.object();
        ObjectNode get = item.putObject("get").put("description", path.description());
        get.put("operationId", path.id());
        get.putArray("tags").add(path.tag());
        ObjectNode responses = get.putObject("responses");
        ObjectNode well = responses.putObject("200").put("description", "OK");
        responses.putObject("401").put("description", "Unauthorized");
        ObjectNode schema = SchemaDefinitions.object().put("type", "object");
        if (dialect == Dialect.V3) {
            ObjectNode content = well.putObject("content");
            path.mediaTypes().forEach(type -> content.putObject(type).set("schema", schema.deepCopy()));
            return item;
        }
        well.set("schema", schema);
        path.mediaTypes().forEach(get.putArray("produces")::add);
        get.putArray("schemes").add("https");
        return item;
    }
}
