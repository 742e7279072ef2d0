package io.orchestrator.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;

/**
 * What Kubernetes asks of the endpoints of every kind: that they are discovered; that objects are made, read, listed, watched,
 * patched, replaced and deleted, one by one and together; and that a status, where there is one, is a part of its own.
 */
final class ApiOperations {
    private static final AtomicInteger RUNS = new AtomicInteger();

    private final HttpCluster cluster;
    private final String group;
    private final String version;
    private final String plural;
    private final String collection;
    private final String everywhere;
    private final String mark = "operations-" + RUNS.incrementAndGet();
    private String patchedStatus = "";
    private String updatedStatus = "";

    private ApiOperations(HttpCluster cluster, String group, String version, String plural, String namespace) {
        this.cluster = cluster;
        this.group = group;
        this.version = version;
        this.plural = plural;
        String root = (group.isEmpty() ? "/api/" : "/apis/" + group + "/") + version + "/";
        this.everywhere = root + plural;
        this.collection = namespace.isEmpty() ? everywhere : root + "namespaces/" + namespace + "/" + plural;
    }

    static ApiOperations ofNamespaced(HttpCluster cluster, String group, String version, String plural) {
        return new ApiOperations(cluster, group, version, plural, "default");
    }

    static ApiOperations ofClusterWide(HttpCluster cluster, String group, String version, String plural) {
        return new ApiOperations(cluster, group, version, plural, "");
    }

    /**
     * The kind has a status.
     *
     * @param patched what is written to it by a patch
     * @param updated what replaces that
     */
    ApiOperations withStatus(String patched, String updated) {
        this.patchedStatus = patched;
        this.updatedStatus = updated;
        return this;
    }

    /** @param manifest of an object, with {@code %s} for its name */
    void allWork(String manifest) {
        discovered();
        String own = collection + "?labelSelector=mark%3D" + mark;
        String since = cluster.get(own)
                .mustBe(200)
                .json()
                .at("/metadata/resourceVersion")
                .asText();
        try (Events events = cluster.watch(own + "&resourceVersion=" + since)) {
            List<String> names = List.of(mark + "-a", mark + "-b", mark + "-c");
            names.forEach(name -> create(manifest, name));
            JsonNode first = cluster.get(object(names.get(0))).mustBe(200).json();
            assertThat(first.at("/metadata/uid").asText()).isNotEmpty();
            assertThat(items(own)).hasSize(3);
            assertThat(items(everywhere + "?labelSelector=mark%3D" + mark)).hasSize(3);
            change(names.get(0));
            if (!patchedStatus.isEmpty()) {
                changeStatus(names.get(0));
            }
            cluster.delete(object(names.get(0))).mustBe(200);
            untilGone(object(names.get(0)));
            assertThat(items(own)).hasSize(2);
            cluster.delete(own).mustBe(200);
            await().atMost(HttpCluster.PATIENCE).until(() -> items(own).isEmpty());
            mustHaveSeen(events, names);
        }
    }

    private void discovered() {
        String of = "/api/" + version;
        if (!group.isEmpty()) {
            of = "/apis/" + group + "/" + version;
            assertThat(names(cluster.get("/apis").mustBe(200).json().path("groups")))
                    .contains(group);
            JsonNode versions = cluster.get("/apis/" + group).mustBe(200).json().path("versions");
            assertThat(texts(versions, "/version")).contains(version);
        }
        List<String> resources = names(cluster.get(of).mustBe(200).json().path("resources"));
        assertThat(resources).contains(plural);
        if (!patchedStatus.isEmpty()) {
            assertThat(resources).contains(plural + "/status");
        }
    }

    private void create(String manifest, String name) {
        ObjectNode wanted = (ObjectNode) HttpCluster.tree(manifest.formatted(name));
        ((ObjectNode) wanted.path("metadata")).withObjectProperty("labels").put("mark", mark);
        JsonNode made = cluster.post(collection, wanted.toString()).mustBe(201).json();
        assertThat(made.at("/metadata/name").asText()).isEqualTo(name);
        assertThat(made.at("/metadata/resourceVersion").asText()).isNotEmpty();
    }

    private void change(String name) {
        JsonNode patched = cluster.patch(
                        object(name), HttpCluster.MERGE, "{metadata: {annotations: {patched: 'true'}}}")
                .mustBe(200)
                .json();
        assertThat(patched.at("/metadata/annotations/patched").asText()).isEqualTo("true");
        JsonNode updated = cluster.edit(
                object(name), wanted -> ((ObjectNode) wanted.at("/metadata/annotations")).put("updated", "true"));
        assertThat(updated.at("/metadata/annotations/updated").asText()).isEqualTo("true");
        assertThat(updated.at("/metadata/annotations/patched").asText()).isEqualTo("true");
        assertThat(updated.at("/metadata/resourceVersion").asText())
                .isNotEqualTo(patched.at("/metadata/resourceVersion").asText());
    }

    private void changeStatus(String name) {
        String status = object(name) + "/status";
        JsonNode before = cluster.get(status).mustBe(200).json();
        JsonNode patched = cluster.patch(status, HttpCluster.MERGE, "{status: " + patchedStatus + "}")
                .mustBe(200)
                .json();
        mustHold(patched.path("status"), HttpCluster.tree(patchedStatus));
        assertThat(patched.path("spec")).as("what is no status stays").isEqualTo(before.path("spec"));
        JsonNode updated = cluster.edit(status, wanted -> {
            ObjectNode whole = wanted.withObjectProperty("status");
            HttpCluster.tree(updatedStatus)
                    .fields()
                    .forEachRemaining(field -> whole.set(field.getKey(), field.getValue()));
        });
        mustHold(updated.path("status"), HttpCluster.tree(updatedStatus));
        assertThat(updated.path("spec")).isEqualTo(before.path("spec"));
    }

    private void untilGone(String path) {
        await().atMost(HttpCluster.PATIENCE).until(() -> cluster.get(path).code() == 404);
    }

    private void mustHaveSeen(Events events, List<String> names) {
        List<String> gone = new ArrayList<>();
        List<JsonNode> seen = events.until(event -> {
            if (event.path("type").asText().equals("DELETED")) {
                gone.add(event.at("/object/metadata/name").asText());
            }
            return gone.size() == 3;
        });
        assertThat(gone).containsExactlyInAnyOrderElementsOf(names);
        List<String> brief = seen.stream().map(Events::brief).toList();
        assertThat(brief)
                .containsSubsequence("ADDED " + names.get(0), "MODIFIED " + names.get(0), "DELETED " + names.get(0));
        assertThat(seen)
                .anyMatch(event -> event.at("/object/metadata/annotations/patched")
                        .asText()
                        .equals("true"))
                .anyMatch(event -> event.at("/object/metadata/annotations/updated")
                        .asText()
                        .equals("true"));
    }

    /** Every field that is wanted is there, and lists have no other items. */
    private static void mustHold(JsonNode there, JsonNode wanted) {
        if (!wanted.isContainerNode()) {
            assertThat(there).isEqualTo(wanted);
        } else if (wanted.isArray()) {
            assertThat(there).hasSameSizeAs(wanted);
            for (int i = 0; i < wanted.size(); i++) {
                mustHold(there.get(i), wanted.get(i));
            }
        } else {
            wanted.fields().forEachRemaining(field -> mustHold(there.path(field.getKey()), field.getValue()));
        }
    }

    private String object(String name) {
        return collection + "/" + name;
    }

    private List<JsonNode> items(String path) {
        return list(cluster.get(path).mustBe(200).json().path("items"));
    }

    private static List<String> names(JsonNode objects) {
        return texts(objects, "/name");
    }

    private static List<String> texts(JsonNode objects, String pointer) {
        return list(objects).stream().map(each -> each.at(pointer).asText()).toList();
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }
}
