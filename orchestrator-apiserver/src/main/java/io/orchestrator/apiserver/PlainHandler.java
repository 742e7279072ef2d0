package io.orchestrator.apiserver;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import io.orchestrator.apiserver.discovery.Discovery;
import io.orchestrator.apiserver.discovery.DiscoveryProtobuf;
import io.orchestrator.apiserver.http.Exchange;
import io.orchestrator.apiserver.http.IndentedJson;
import io.orchestrator.apiserver.route.RequestPath;
import io.orchestrator.core.auth.token.DiscoveryDocument;
import io.orchestrator.core.embed.ControlPlane;
import io.orchestrator.core.metrics.Exposition;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Everything that is no resource: version, health, discovery, OpenAPI. Thread-safe. */
final class PlainHandler {
    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;
    /** Clients put it into the Accept header with an {@code @}, and refuse that form as a Content-Type. */
    private static final String OPENAPI_V2_ACCEPT = "application/com.github.proto-openapi.spec.v2@v1.0+protobuf";

    private static final String OPENAPI_V2_TYPE = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

    private final ControlPlane plane;
    private final Documents documents;
    private final HealthHandler health;
    private final BodyWriter bodies;

    PlainHandler(ControlPlane plane, ServedKinds served, HealthHandler health) {
        this.plane = plane;
        this.health = health;
        this.bodies = new BodyWriter(plane.codec());
        this.documents = new Documents(served, plane);
    }

    void handle(Exchange exchange, RequestPath.Plain path) {
        if (!exchange.method().equals("GET") && !exchange.method().equals("HEAD")) {
            throw new ApiException(
                    Reason.METHOD_NOT_ALLOWED, "the server does not allow this method on the requested resource");
        }
        List<String> segments = path.segments();
        switch (segments.isEmpty() ? "" : segments.get(0)) {
            case "version" -> exchange.answer(OK, Accept.JSON, version());
            case "healthz", "livez", "readyz" -> health.handle(exchange, segments);
            case "metrics" -> metrics(exchange, segments);
            case "api", "apis" -> discovery(exchange, segments);
            case "openapi" -> openApi(exchange, segments);
            case ".well-known" -> issuer(exchange, segments);
            case "openid" -> tokenKeys(exchange, segments);
            case "" -> exchange.answer(OK, Accept.JSON, paths());
            default -> throw notFound();
        }
    }

    private byte[] version() {
        String version = plane.version();
        String[] parts = version.replaceFirst("^v", "").split("\\.");
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("major", parts[0]);
        node.put("minor", parts[1]);
        node.put("gitVersion", version);
        node.put("gitCommit", "");
        node.put("gitTreeState", "");
        node.put("buildDate", "");
        node.put("goVersion", "");
        node.put("compiler", "");
        node.put(
                "platform",
                System.getProperty("os.name", "").toLowerCase(java.util.Locale.ROOT) + "/"
                        + System.getProperty("os.arch", ""));
        return bytes(node);
    }

    /** In the format that the client takes. */
    private void metrics(Exchange exchange, List<String> segments) {
        if (segments.size() > 1) {
            throw notFound();
        }
        Exposition exposition = plane.metrics().exposition(exchange.header("Accept"));
        exchange.answer(OK, exposition.contentType(), exposition.body());
    }

    private void discovery(Exchange exchange, List<String> segments) {
        boolean core = segments.get(0).equals("api");
        Discovery discovery = documents.discovery();
        if (segments.size() == 1) {
            Accept.Form form = Accept.parse(exchange.header("Accept")).chooseDiscovery(true);
            boolean aggregated = form.isAggregatedDiscovery();
            byte[] body = aggregated
                    ? discovery.aggregated(core, form.parameter("v"))
                    : core ? discovery.versions(exchange.authority()) : discovery.groupList();
            exchange.setHeader("Vary", "Accept");
            String mediaType = form.encoding().mediaType();
            String type = aggregated ? Discovery.aggregatedType(mediaType, form.parameter("v")) : mediaType;
            cached(exchange, type, written(body, form.encoding()));
            return;
        }
        Optional<byte[]> found;
        if (core) {
            found = segments.size() == 2 ? discovery.resourceList("", segments.get(1)) : Optional.empty();
        } else if (segments.size() == 2) {
            found = discovery.group(segments.get(1));
        } else {
            found = segments.size() == 3 ? discovery.resourceList(segments.get(1), segments.get(2)) : Optional.empty();
        }
        Encoding encoding =
                Accept.parse(exchange.header("Accept")).chooseDiscovery(false).encoding();
        exchange.answer(OK, encoding.mediaType(), written(found.orElseThrow(PlainHandler::notFound), encoding));
    }

    private byte[] written(byte[] document, Encoding encoding) {
        return encoding == Encoding.PROTOBUF
                ? DiscoveryProtobuf.body(plane.codec().trees().parse(document))
                : bodies.text(document, encoding);
    }

    private void issuer(Exchange exchange, List<String> segments) {
        if (!segments.equals(List.of(".well-known", "openid-configuration"))) {
            throw notFound();
        }
        String document =
                DiscoveryDocument.configuration(plane.tokens(), exchange.scheme() + "://" + exchange.authority());
        exchange.answer(OK, Accept.JSON, document.getBytes(StandardCharsets.UTF_8));
    }

    private void tokenKeys(Exchange exchange, List<String> segments) {
        if (!segments.equals(List.of("openid", "v1", "jwks"))) {
            throw notFound();
        }
        exchange.answer(
                OK, "application/jwk-set+json", plane.tokens().publicKeys().getBytes(StandardCharsets.UTF_8));
    }

    private void openApi(Exchange exchange, List<String> segments) {
        String version = segments.size() > 1 ? segments.get(1) : "";
        if (version.equals("v2") && segments.size() == 2) {
            boolean protobuf = Accept.parse(exchange.header("Accept")).takes(OPENAPI_V2_ACCEPT);
            byte[] body = protobuf
                    ? documents.openApi().v2Protobuf()
                    : documents.openApi().v2().json();
            cached(exchange, protobuf ? OPENAPI_V2_TYPE : Accept.JSON, body);
        } else if (version.equals("v3") && segments.size() == 2) {
            cached(exchange, Accept.JSON, documents.openApi().index().json());
        } else if (version.equals("v3")) {
            String groupVersion = String.join("/", segments.subList(2, segments.size()));
            byte[] body = documents
                    .openApi()
                    .v3(groupVersion)
                    .orElseThrow(PlainHandler::notFound)
                    .json();
            cached(exchange, Accept.JSON, body);
        } else {
            throw notFound();
        }
    }

    /** Answers with a tag by which the client need not fetch the same again. */
    private static void cached(Exchange exchange, String contentType, byte[] body) {
        String tag = "\"" + Documents.hash(body) + "\"";
        exchange.setHeader("ETag", tag);
        if (exchange.header("If-None-Match").contains(tag)) {
            exchange.answer(NOT_MODIFIED);
        } else {
            exchange.answer(OK, contentType, body);
        }
    }

    private byte[] paths() {
        TreeSet<String> paths = new TreeSet<>(documents.discovery().paths());
        documents.openApi().groupVersions().forEach(groupVersion -> paths.add("/openapi/v3/" + groupVersion));
        paths.addAll(List.of(
                "/.well-known/openid-configuration",
                "/metrics",
                "/openapi/v2",
                "/openapi/v3",
                "/openid/v1/jwks",
                "/version"));
        paths.addAll(HealthHandler.paths());
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        var list = node.putArray("paths");
        paths.forEach(list::add);
        return bytes(node);
    }

    /** As people read it, whoever asks. */
    private static byte[] bytes(ObjectNode node) {
        return IndentedJson.of(node.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static ApiException notFound() {
        return new ApiException(Reason.NOT_FOUND, "the server could not find the requested resource");
    }
}
