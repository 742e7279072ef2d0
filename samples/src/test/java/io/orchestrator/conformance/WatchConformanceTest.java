package io.orchestrator.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchestrator.testkit.junit.Conformance;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(240)
class WatchConformanceTest {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String LABEL = "watch-this-configmap";

    private static HttpCluster cluster;

    @BeforeAll
    static void open() {
        cluster = new HttpCluster("watchers");
    }

    @AfterAll
    static void close() {
        cluster.close();
    }

    @Test
    @Conformance(
            "[sig-api-machinery] Watchers should observe add, update, and delete watch notifications on configmaps")
    void eachWatchSeesWhatItsSelectorMatches() {
        try (Events a = watch("multiple-watchers-A", "");
                Events b = watch("multiple-watchers-B", "");
                Events both = cluster.watch(
                        MAPS + "?labelSelector=" + LABEL + "+in+(multiple-watchers-A,multiple-watchers-B)")) {
            create("map-a", "multiple-watchers-A");
            mustSee("ADDED map-a", a, both);
            mutate("map-a", 1);
            assertThat(mutation(mustSee("MODIFIED map-a", a, both))).isEqualTo("1");
            mutate("map-a", 2);
            assertThat(mutation(mustSee("MODIFIED map-a", a, both))).isEqualTo("2");
            cluster.delete(MAPS + "/map-a").mustBe(200);
            mustSee("DELETED map-a", a, both);
            create("map-b", "multiple-watchers-B");
            mustSee("ADDED map-b", b, both);
            cluster.delete(MAPS + "/map-b").mustBe(200);
            mustSee("DELETED map-b", b, both);
        }
    }

    @Test
    @Conformance("[sig-api-machinery] Watchers should be able to start watching from a specific resource version")
    void aWatchBeginsAfterTheVersionThatItNames() {
        create("versioned", "from-resource-version");
        String first = version(mutate("versioned", 1));
        mutate("versioned", 2);
        cluster.delete(MAPS + "/versioned").mustBe(200);
        try (Events events = watch("from-resource-version", first)) {
            assertThat(mutation(mustSee("MODIFIED versioned", events))).isEqualTo("2");
            assertThat(mutation(mustSee("DELETED versioned", events))).isEqualTo("2");
        }
    }

    @Test
    @Conformance(
            "[sig-api-machinery] Watchers should be able to restart watching from the last resource version observed by"
                    + " the previous watch")
    void aWatchGoesOnWhereAnotherEnded() {
        String last;
        try (Events events = watch("watch-closed-and-restarted", "")) {
            create("restarted", "watch-closed-and-restarted");
            mustSee("ADDED restarted", events);
            mutate("restarted", 1);
            last = version(mustSee("MODIFIED restarted", events).path("object"));
        }
        mutate("restarted", 2);
        cluster.delete(MAPS + "/restarted").mustBe(200);
        try (Events events = watch("watch-closed-and-restarted", last)) {
            assertThat(mutation(mustSee("MODIFIED restarted", events))).isEqualTo("2");
            mustSee("DELETED restarted", events);
        }
    }

    @Test
    @Conformance(
            "[sig-api-machinery] Watchers should observe an object deletion if it stops meeting the requirements of the"
                    + " selector")
    void whatNoLongerMatchesIsDeletedForTheWatch() {
        try (Events events = watch("label-changed-and-restored", "")) {
            create("relabelled", "label-changed-and-restored");
            mustSee("ADDED relabelled", events);
            mutate("relabelled", 1);
            mustSee("MODIFIED relabelled", events);
            label("relabelled", "wrong-value");
            mustSee("DELETED relabelled", events);
            mutate("relabelled", 2);
            label("relabelled", "label-changed-and-restored");
            assertThat(mutation(mustSee("ADDED relabelled", events)))
                    .as("what happened in between is not told")
                    .isEqualTo("2");
            mutate("relabelled", 3);
            mustSee("MODIFIED relabelled", events);
            cluster.delete(MAPS + "/relabelled").mustBe(200);
            assertThat(mutation(mustSee("DELETED relabelled", events))).isEqualTo("3");
        }
    }

    @Test
    @Conformance("[sig-api-machinery] Watchers should receive events on concurrent watches in same order")
    void watchesThatBeganAtDifferentVersionsSeeTheSameOrder() {
        int steps = 60;
        List<String> versions = new ArrayList<>();
        Random random = new Random(7);
        List<String> alive = new ArrayList<>();
        versions.add(cluster.get(MAPS).json().at("/metadata/resourceVersion").asText());
        for (int i = 0; i < steps; i++) {
            int what = alive.isEmpty() ? 0 : random.nextInt(3);
            String name = what == 0 ? "order-" + i : alive.get(random.nextInt(alive.size()));
            switch (what) {
                case 0 -> {
                    create(name, "order");
                    alive.add(name);
                }
                case 1 -> mutate(name, i);
                default -> {
                    cluster.delete(MAPS + "/" + name).mustBe(200);
                    alive.remove(name);
                }
            }
            if (i % 10 == 9) {
                versions.add(
                        cluster.get(MAPS).json().at("/metadata/resourceVersion").asText());
            }
        }
        create("order-last", "order");
        List<String> all = seenSince(versions.get(0));
        assertThat(all).hasSize(steps + 1);
        for (String version : versions) {
            List<String> seen = seenSince(version);
            assertThat(seen).isEqualTo(all.subList(all.size() - seen.size(), all.size()));
        }
    }

    private static List<String> seenSince(String version) {
        try (Events events = watch("order", version)) {
            return events.until(event -> Events.brief(event).equals("ADDED order-last")).stream()
                    .map(event -> Events.brief(event) + " " + version(event.path("object")))
                    .toList();
        }
    }

    private static Events watch(String label, String version) {
        return cluster.watch(MAPS + "?labelSelector=" + LABEL + "%3D" + label + "&resourceVersion=" + version);
    }

    /** Each watch has this as its next event; the last one's. */
    private static JsonNode mustSee(String what, Events... watches) {
        JsonNode event = null;
        for (Events watch : watches) {
            event = watch.next();
            assertThat(Events.brief(event)).isEqualTo(what);
        }
        return Objects.requireNonNull(event);
    }

    private static String mutation(JsonNode event) {
        return event.at("/object/data/mutation").asText();
    }

    private static String version(JsonNode object) {
        return object.at("/metadata/resourceVersion").asText();
    }

    private static void create(String name, String label) {
        cluster.create(
                MAPS,
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: " + name + ", labels: {" + LABEL + ": " + label
                        + "}}}");
    }

    private static JsonNode mutate(String name, int number) {
        ObjectNode map = (ObjectNode) cluster.get(MAPS + "/" + name).mustBe(200).json();
        map.withObjectProperty("data").put("mutation", String.valueOf(number));
        return cluster.put(MAPS + "/" + name, map).mustBe(200).json();
    }

    private static void label(String name, String value) {
        cluster.patch(MAPS + "/" + name, HttpCluster.MERGE, "{metadata: {labels: {" + LABEL + ": " + value + "}}}")
                .mustBe(200);
    }
}
