package io.orchestrator.apiserver.discovery;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.core.openapi.ServedResource;
import io.orchestrator.core.schema.VersionPriority;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Discovery documents of the served kinds. Keys stand in the order in which Kubernetes writes them: scripts compare it. */
public final class Discovery {
    private static final int HASH_BYTES = 8;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final List<ServedResource> served;

    public Discovery(Collection<ServedResource> served) {
        this.served = served.stream()
                .sorted(Comparator.comparing(resource -> resource.type().plural()))
                .toList();
    }

    /**
     * The content type of aggregated discovery: with exactly these parameters, or clients do not read it.
     *
     * @param mediaType how it is written
     */
    public static String aggregatedType(String mediaType, String version) {
        return mediaType + ";g=apidiscovery.k8s.io;v=" + version + ";as=APIGroupDiscoveryList";
    }

    /** The paths of all groups and versions. */
    public List<String> paths() {
        TreeSet<String> paths = new TreeSet<>(List.of("/api", "/apis"));
        for (ServedResource resource : served) {
            String group = resource.type().group();
            String root = group.isEmpty() ? "/api" : "/apis/" + group;
            paths.add(root);
            paths.add(root + "/" + resource.type().version());
        }
        return List.copyOf(paths);
    }

    /**
     * {@code /api} or {@code /apis} with everything in it.
     *
     * @param core whether the core group is asked for
     * @param version of the form: {@code v2}, or {@code v2beta1}, which differs by its name alone
     */
    public byte[] aggregated(boolean core, String version) {
        ObjectNode list = JSON.objectNode();
        list.put("kind", "APIGroupDiscoveryList");
        list.put("apiVersion", "apidiscovery.k8s.io/" + version);
        list.putObject("metadata");
        ArrayNode items = list.putArray("items");
        for (String group : groups()) {
            if (group.isEmpty() != core) {
                continue;
            }
            ObjectNode item = items.addObject();
            ObjectNode metadata = item.putObject("metadata");
            if (!group.isEmpty()) {
                metadata.put("name", group);
            }
            metadata.putNull("creationTimestamp");
            ArrayNode versions = item.putArray("versions");
            for (String each : versionsOf(group)) {
                ObjectNode node = versions.addObject();
                node.put("version", each);
                ArrayNode resources = node.putArray("resources");
                of(group, each).forEach(resource -> aggregated(resource, resources.addObject()));
                node.put("freshness", "Current");
            }
        }
        return bytes(list);
    }

    private static void aggregated(ServedResource resource, ObjectNode node) {
        ResourceType<?> type = resource.type();
        node.put("resource", type.plural());
        kind(type, node.putObject("responseKind"));
        node.put("scope", type.namespaced() ? "Namespaced" : "Cluster");
        node.put("singularResource", type.singular());
        texts(resource.verbs(), node.putArray("verbs"));
        if (!type.shortNames().isEmpty()) {
            texts(type.shortNames(), node.putArray("shortNames"));
        }
        if (!type.categories().isEmpty()) {
            texts(type.categories(), node.putArray("categories"));
        }
        List<ServedResource.Part> parts = sorted(resource.parts());
        if (!parts.isEmpty()) {
            ArrayNode subresources = node.putArray("subresources");
            for (ServedResource.Part part : parts) {
                ObjectNode each = subresources.addObject();
                each.put("subresource", part.name());
                kind(part.body(), each.putObject("responseKind"));
                texts(part.verbs(), each.putArray("verbs"));
            }
        }
    }

    private static void kind(ResourceType<?> type, ObjectNode node) {
        node.put("group", type.group());
        node.put("version", type.version());
        node.put("kind", type.kind());
    }

    /** {@code /api} as older clients ask for it. */
    public byte[] versions(String serverAddress) {
        ObjectNode node = JSON.objectNode();
        node.put("kind", "APIVersions");
        texts(versionsOf(""), node.putArray("versions"));
        ObjectNode address = node.putArray("serverAddressByClientCIDRs").addObject();
        address.put("clientCIDR", "0.0.0.0/0");
        address.put("serverAddress", serverAddress);
        return bytes(node);
    }

    /** {@code /apis} as older clients ask for it. */
    public byte[] groupList() {
        ObjectNode node = JSON.objectNode();
        node.put("kind", "APIGroupList");
        node.put("apiVersion", "v1");
        ArrayNode groups = node.putArray("groups");
        groups().stream().filter(group -> !group.isEmpty()).forEach(group -> group(group, groups.addObject()));
        return bytes(node);
    }

    /** {@code /apis/group}; empty when there is none of that name. */
    public Optional<byte[]> group(String group) {
        if (group.isEmpty() || !groups().contains(group)) {
            return Optional.empty();
        }
        ObjectNode node = JSON.objectNode();
        node.put("kind", "APIGroup");
        node.put("apiVersion", "v1");
        group(group, node);
        return Optional.of(bytes(node));
    }

    private void group(String group, ObjectNode node) {
        node.put("name", group);
        ArrayNode versions = node.putArray("versions");
        List<String> all = versionsOf(group);
        all.forEach(version -> version(group, version, versions.addObject()));
        version(group, all.get(0), node.putObject("preferredVersion"));
    }

    private static void version(String group, String version, ObjectNode node) {
        node.put("groupVersion", group + "/" + version);
        node.put("version", version);
    }

    /** {@code /api/v1} or {@code /apis/group/version}; empty when there is none of that name. */
    public Optional<byte[]> resourceList(String group, String version) {
        List<ServedResource> resources = of(group, version);
        if (resources.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode node = JSON.objectNode();
        node.put("kind", "APIResourceList");
        if (!group.isEmpty()) {
            node.put("apiVersion", "v1");
        }
        node.put("groupVersion", group.isEmpty() ? version : group + "/" + version);
        ArrayNode list = node.putArray("resources");
        for (ServedResource resource : resources) {
            resource(resource, list.addObject());
            sorted(resource.parts()).forEach(part -> part(resource, part, list.addObject()));
        }
        return Optional.of(bytes(node));
    }

    private static void resource(ServedResource resource, ObjectNode node) {
        ResourceType<?> type = resource.type();
        node.put("name", type.plural());
        node.put("singularName", type.singular());
        node.put("namespaced", type.namespaced());
        node.put("kind", type.kind());
        texts(resource.verbs(), node.putArray("verbs"));
        if (!type.shortNames().isEmpty()) {
            texts(type.shortNames(), node.putArray("shortNames"));
        }
        if (!type.categories().isEmpty()) {
            texts(type.categories(), node.putArray("categories"));
        }
        node.put("storageVersionHash", hash(type));
    }

    private static void part(ServedResource resource, ServedResource.Part part, ObjectNode node) {
        ResourceType<?> type = resource.type();
        node.put("name", type.plural() + "/" + part.name());
        node.put("singularName", "");
        node.put("namespaced", type.namespaced());
        if (!part.body().apiVersion().equals(type.apiVersion())) {
            node.put("group", part.body().group());
            node.put("version", part.body().version());
        }
        node.put("kind", part.body().kind());
        texts(part.verbs(), node.putArray("verbs"));
    }

    private static String hash(ResourceType<?> type) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((type.group() + "/" + type.version() + "/" + type.kind()).getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(Arrays.copyOf(digest, HASH_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private TreeSet<String> groups() {
        TreeSet<String> groups = new TreeSet<>();
        served.forEach(resource -> groups.add(resource.type().group()));
        return groups;
    }

    private List<String> versionsOf(String group) {
        TreeMap<String, Boolean> versions = new TreeMap<>(VersionPriority.FIRST_PREFERRED);
        served.stream()
                .filter(resource -> resource.type().group().equals(group))
                .forEach(resource -> versions.put(resource.type().version(), true));
        return List.copyOf(versions.keySet());
    }

    private List<ServedResource> of(String group, String version) {
        return served.stream()
                .filter(resource -> resource.type().group().equals(group)
                        && resource.type().version().equals(version))
                .toList();
    }

    private static List<ServedResource.Part> sorted(List<ServedResource.Part> parts) {
        return parts.stream()
                .sorted(Comparator.comparing(ServedResource.Part::name))
                .toList();
    }

    private static void texts(Collection<String> texts, ArrayNode into) {
        texts.stream().sorted().forEach(into::add);
    }

    private static byte[] bytes(ObjectNode node) {
        return node.toString().getBytes(StandardCharsets.UTF_8);
    }
}
