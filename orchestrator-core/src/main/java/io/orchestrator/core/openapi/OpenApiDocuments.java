package io.orchestrator.core.openapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchestrator.api.meta.DeleteOptions;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.meta.Status;
import io.orchestrator.core.codec.JsonTrees;
import io.orchestrator.core.codec.Limits;
import io.orchestrator.core.schema.Schemas;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The OpenAPI documents of one set of served kinds, each made when it is first asked for. Make a new instance when what is
 * served changes. Thread-safe.
 */
public final class OpenApiDocuments {
    private final Schemas schemas;
    private final String version;
    private final JsonTrees trees = new JsonTrees(Limits.DEFAULT);
    private final SortedMap<String, List<ServedResource>> byGroupVersion = new TreeMap<>();
    private final ServerPaths server;
    private final SortedMap<String, Document> v3 = new TreeMap<>();
    private @Nullable Document v2;
    private byte @Nullable [] v2Protobuf;

    /**
     * A document and what names its content.
     *
     * @param hash of the content: a strong entity tag, and the {@code hash} parameter in the index
     */
    public record Document(byte[] json, String hash) {}

    /** @param version of the server, such as {@code v1.32.0} */
    public OpenApiDocuments(Schemas schemas, Collection<ServedResource> served, String version) {
        this.schemas = schemas;
        this.version = version;
        TreeMap<String, List<ServedResource>> grouped = new TreeMap<>();
        served.forEach(
                resource -> grouped.merge(resource.groupVersionPath(), List.of(resource), OpenApiDocuments::both));
        byGroupVersion.putAll(grouped);
        this.server = new ServerPaths(grouped.keySet());
    }

    /** What there are documents of version 3 for, such as {@code apis/apps/v1}. */
    public List<String> groupVersions() {
        return server.keys();
    }

    /** The answer to {@code /openapi/v3}: where the documents are. */
    public Document index() {
        ObjectNode index = SchemaDefinitions.object();
        ObjectNode paths = index.putObject("paths");
        for (String groupVersion : groupVersions()) {
            String hash = v3(groupVersion).orElseThrow().hash();
            paths.putObject(groupVersion).put("serverRelativeURL", "/openapi/v3/" + groupVersion + "?hash=" + hash);
        }
        return document(index);
    }

    /**
     * The answer to {@code /openapi/v3/...}.
     *
     * @param groupVersion such as {@code api/v1} or {@code apis/apps/v1}
     */
    public synchronized Optional<Document> v3(String groupVersion) {
        if (!groupVersions().contains(groupVersion)) {
            return Optional.empty();
        }
        return Optional.of(v3.computeIfAbsent(groupVersion, key -> document(v3Tree(key))));
    }

    /** The answer to {@code /openapi/v2} as JSON. */
    public synchronized Document v2() {
        if (v2 == null) {
            v2 = document(v2Tree());
        }
        return v2;
    }

    /** The answer to {@code /openapi/v2} as protobuf, which is how kubectl asks for it. */
    public synchronized byte[] v2Protobuf() {
        if (v2Protobuf == null) {
            v2Protobuf = new SwaggerProtobuf(trees).document(v2Tree());
        }
        return v2Protobuf.clone();
    }

    private ObjectNode v3Tree(String key) {
        List<ServedResource> served = byGroupVersion.getOrDefault(key, List.of());
        SchemaDefinitions definitions = new SchemaDefinitions(schemas, trees, Dialect.V3);
        ObjectNode paths = paths(served, definitions, Dialect.V3);
        server.add(key, paths, Dialect.V3);
        ObjectNode document = SchemaDefinitions.object().put("openapi", "3.0.0");
        info(document);
        document.set("paths", paths);
        ObjectNode components = document.putObject("components");
        components.set("schemas", definitions.finish());
        components.putObject("securitySchemes").set("BearerToken", bearerToken());
        return document;
    }

    private ObjectNode v2Tree() {
        SchemaDefinitions definitions = new SchemaDefinitions(schemas, trees, Dialect.V2);
        List<ServedResource> all =
                byGroupVersion.values().stream().flatMap(List::stream).toList();
        ObjectNode paths = paths(all, definitions, Dialect.V2);
        server.addAll(paths, Dialect.V2);
        ObjectNode document = SchemaDefinitions.object().put("swagger", "2.0");
        info(document);
        document.set("paths", paths);
        document.set("definitions", definitions.finish());
        document.putObject("securityDefinitions").set("BearerToken", bearerToken());
        document.putArray("security").addObject().putArray("BearerToken");
        return document;
    }

    private ObjectNode paths(List<ServedResource> served, SchemaDefinitions definitions, Dialect dialect) {
        OpenApiPaths paths = new OpenApiPaths(definitions, dialect);
        served.forEach(paths::add);
        List<ResourceType<?>> types =
                served.stream().<ResourceType<?>>map(ServedResource::type).toList();
        definitions.shared(DeleteOptions.class, types);
        definitions.shared(Status.class, List.of());
        return paths.finish();
    }

    private void info(ObjectNode document) {
        document.putObject("info").put("title", "Kubernetes").put("version", version);
    }

    private static ObjectNode bearerToken() {
        return SchemaDefinitions.object()
                .put("description", "Bearer Token authentication")
                .put("in", "header")
                .put("name", "authorization")
                .put("type", "apiKey");
    }

    private Document document(ObjectNode tree) {
        byte[] json = trees.bytes(tree);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(json);
            return new Document(json, HexFormat.of().withUpperCase().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<ServedResource> both(List<ServedResource> some, List<ServedResource> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }
}
