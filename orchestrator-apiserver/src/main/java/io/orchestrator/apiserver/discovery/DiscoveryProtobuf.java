package io.orchestrator.apiserver.discovery;

import com.fasterxml.jackson.databind.JsonNode;
import io.orchestrator.core.codec.TypeMeta;
import io.orchestrator.core.codec.protobuf.ProtobufCodec;
import io.orchestrator.core.codec.protobuf.WireOutput;
import java.util.Map;

/** Discovery documents as protobuf: made from those in JSON by the numbers of their fields. Pure. */
public final class DiscoveryProtobuf {
    /**
     * A field.
     *
     * @param message what its values are; empty for plain ones
     */
    private record Numbered(int number, String message) {}

    private static final Map<String, Map<String, Numbered>> MESSAGES = Map.ofEntries(
            Map.entry("APIVersions", Map.of("versions", plain(1), "serverAddressByClientCIDRs", of(2, "Address"))),
            Map.entry("Address", Map.of("clientCIDR", plain(1), "serverAddress", plain(2))),
            Map.entry("APIGroupList", Map.of("groups", of(1, "APIGroup"))),
            Map.entry(
                    "APIGroup",
                    Map.of(
                            "name", plain(1),
                            "versions", of(2, "GroupVersion"),
                            "preferredVersion", of(3, "GroupVersion"))),
            Map.entry("GroupVersion", Map.of("groupVersion", plain(1), "version", plain(2))),
            Map.entry("APIResourceList", Map.of("groupVersion", plain(1), "resources", of(2, "APIResource"))),
            Map.entry(
                    "APIResource",
                    Map.of(
                            "name", plain(1),
                            "namespaced", plain(2),
                            "kind", plain(3),
                            "verbs", of(4, "Verbs"),
                            "shortNames", plain(5),
                            "singularName", plain(6),
                            "categories", plain(7),
                            "group", plain(8),
                            "version", plain(9),
                            "storageVersionHash", plain(10))),
            Map.entry("APIGroupDiscoveryList", Map.of("metadata", of(1, "Metadata"), "items", of(2, "GroupDiscovery"))),
            Map.entry("GroupDiscovery", Map.of("metadata", of(1, "Metadata"), "versions", of(2, "VersionDiscovery"))),
            Map.entry("Metadata", Map.of("name", plain(1))),
            Map.entry(
                    "VersionDiscovery",
                    Map.of("version", plain(1), "resources", of(2, "ResourceDiscovery"), "freshness", plain(3))),
            Map.entry(
                    "ResourceDiscovery",
                    Map.of(
                            "resource", plain(1),
                            "responseKind", of(2, "Kind"),
                            "scope", plain(3),
                            "singularResource", plain(4),
                            "verbs", plain(5),
                            "shortNames", plain(6),
                            "categories", plain(7),
                            "subresources", of(8, "SubresourceDiscovery"))),
            Map.entry(
                    "SubresourceDiscovery",
                    Map.of("subresource", plain(1), "responseKind", of(2, "Kind"), "verbs", plain(4))),
            Map.entry("Kind", Map.of("group", plain(1), "version", plain(2), "kind", plain(3))));

    private DiscoveryProtobuf() {}

    private static Numbered plain(int number) {
        return new Numbered(number, "");
    }

    private static Numbered of(int number, String message) {
        return new Numbered(number, message);
    }

    /** The body of a document, which names its kind; the core group's lists leave their version out, which is v1. */
    public static byte[] body(JsonNode document) {
        String kind = document.path("kind").asText();
        String version = document.path("apiVersion").asText("v1");
        return ProtobufCodec.body(new TypeMeta(version, kind), message(kind, document));
    }

    private static WireOutput message(String name, JsonNode value) {
        WireOutput out = new WireOutput();
        if (name.equals("Verbs")) {
            value.forEach(verb -> out.string(1, verb.asText()));
            return out;
        }
        Map<String, Numbered> fields = MESSAGES.getOrDefault(name, Map.of());
        value.properties().forEach(field -> {
            Numbered numbered = fields.get(field.getKey());
            if (numbered != null) {
                field(out, numbered, field.getValue());
            }
        });
        return out;
    }

    private static void field(WireOutput out, Numbered field, JsonNode value) {
        if (value.isArray() && !field.message().equals("Verbs")) {
            value.forEach(item -> field(out, field, item));
        } else if (!field.message().isEmpty()) {
            out.message(field.number(), message(field.message(), value));
        } else if (value.isBoolean()) {
            out.bool(field.number(), value.asBoolean());
        } else if (!value.isNull()) {
            out.string(field.number(), value.asText());
        }
    }
}
