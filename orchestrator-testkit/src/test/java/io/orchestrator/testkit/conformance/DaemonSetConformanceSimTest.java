package io.orchestrator.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.client.Patch;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.model.apps.ControllerRevision;
import io.orchestrator.api.model.apps.DaemonSet;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.control.pods.PodFacts;
import io.orchestrator.testkit.junit.Conformance;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DaemonSetConformanceSimTest extends OnConformingCluster {
    private static final List<String> NODES = List.of("node-1", "node-2", "node-3");

    @Test
    @Conformance("[sig-apps] Daemon set [Serial] should run and stop simple daemon")
    void everyNodeHasAPodAndOneThatIsDeletedComesBack() {
        create("", "");
        assertThat(nodesWithAPod()).containsExactlyElementsOf(NODES);
        cluster.client.pods().delete(cluster.names().get(0));
        cluster.settle();
        assertThat(nodesWithAPod()).containsExactlyElementsOf(NODES);
        cluster.client.resources(DaemonSet.TYPE).delete("ds");
        cluster.settle();
        assertThat(cluster.pods()).isEmpty();
    }

    @Test
    @Conformance("[sig-apps] Daemon set [Serial] should run and stop complex daemon")
    void podsFollowTheLabelsOfNodes() {
        create("nodeSelector: {color: blue}", "");
        assertThat(cluster.pods()).isEmpty();
        paint("node-2", "blue");
        cluster.settle();
        assertThat(nodesWithAPod()).containsExactly("node-2");
        assertThat(set().status().desiredNumberScheduled()).isEqualTo(1);
        paint("node-2", "green");
        cluster.settle();
        assertThat(cluster.pods()).isEmpty();
        cluster.client
                .resources(DaemonSet.TYPE)
                .patch(
                        "ds",
                        Patch.strategic("{\"spec\":{\"updateStrategy\":{\"type\":\"RollingUpdate\"},"
                                + "\"template\":{\"spec\":{\"nodeSelector\":{\"color\":\"green\"}}}}}"));
        cluster.settle();
        assertThat(nodesWithAPod()).containsExactly("node-2");
    }

    @Test
    @Conformance("[sig-apps] Daemon set [Serial] should retry creating failed daemon pods")
    void aPodThatFailedIsReplaced() {
        create("", "");
        Pod pod = cluster.pods().get(0);
        cluster.mergeStatus(Pod.TYPE, pod.metadata().name(), "{'status':{'phase':'Failed'}}");
        cluster.settle();
        assertThat(nodesWithAPod()).containsExactlyElementsOf(NODES);
        assertThat(uids())
                .as("the failed one was deleted")
                .hasSize(3)
                .doesNotContainValue(pod.metadata().uid());
        assertThat(cluster.pods()).allMatch(PodFacts::isReady);
    }

    @Test
    @Conformance("[sig-apps] Daemon set [Serial] should update pod when spec was updated and update strategy is"
            + " RollingUpdate")
    void aRollOutReplacesAllPodsAndKeepsBothRevisions() {
        create("", "");
        assertThat(revisions()).containsExactly(1L);
        String first = hashes().get(0);
        assertThat(hashes()).containsOnly(first);
        setImage("app:2");
        cluster.settle();
        assertThat(cluster.images()).hasSize(3).containsOnly("app:2");
        assertThat(revisions()).containsExactly(1L, 2L);
        assertThat(hashes()).hasSize(3).doesNotContain(first);
        assertThat(set().status().updatedNumberScheduled()).isEqualTo(3);
        assertThat(set().status().numberAvailable()).isEqualTo(3);
    }

    @Test
    @Conformance("[sig-apps] Daemon set [Serial] should rollback without unnecessary restarts")
    void undoingARollOutThatIsStuckTouchesOnlyWhatItHadReplaced() {
        create("", "");
        Map<String, String> before = uids();
        setImage("broken:1");
        cluster.advance(Duration.ofMinutes(5));
        List<String> kept = cluster.pods().stream()
                .filter(pod -> pod.spec().containers().get(0).image().equals("app:1"))
                .map(pod -> pod.metadata().name())
                .toList();
        assertThat(kept).as("one is replaced, the others wait for it").hasSize(2);
        setImage("app:1");
        cluster.settle();
        assertThat(cluster.images()).hasSize(3).containsOnly("app:1");
        assertThat(cluster.pods()).allMatch(PodFacts::isReady).allMatch(pod -> PodFacts.restarts(pod) == 0);
        assertThat(uids()).containsAllEntriesOf(keep(before, kept));
    }

    @Test
    @Conformance("[sig-apps] Daemon set [Serial] should verify changes to a daemon set status")
    void theStatusOfASetIsAPartOfItsOwn() {
        create("", "");
        var sets = cluster.client.resources(DaemonSet.TYPE);
        assertThat(sets.getSubresource("ds", "status", DaemonSet.class).status().numberReady())
                .isEqualTo(3);
        List<String> seen = cluster.watch(DaemonSet.TYPE, "e2e=ds");
        DaemonSet patched = cluster.mergeStatus(
                DaemonSet.TYPE, "ds", "{'status':{'conditions':[{'type':'StatusPatched','status':'True'}]}}");
        assertThat(cluster.is("StatusPatched", patched)).isTrue();
        DaemonSet now = set();
        DaemonSet updated = sets.updateStatus(now.withSpec(now.spec().withMinReadySeconds(99))
                .withStatus(now.status()
                        .withConditions(now.status().conditions().stream()
                                .map(condition -> condition.withType("StatusUpdate"))
                                .toList())));
        assertThat(cluster.is("StatusUpdate", updated)).isTrue();
        assertThat(updated.spec().minReadySeconds()).isZero();
        cluster.settle();
        assertThat(cluster.is("StatusUpdate", set())).isTrue();
        assertThat(seen).contains("MODIFIED ds");
    }

    @Test
    @Conformance("[sig-apps] Daemon set [Serial] should list and delete a collection of DaemonSets")
    void setsAreListedAndDeletedTogether() {
        create("", "");
        assertThat(cluster.client
                        .resources(DaemonSet.TYPE)
                        .inAnyNamespace()
                        .list(ListOptions.all().labels("e2e=ds"))
                        .items())
                .hasSize(1);
        cluster.deleteAll(DaemonSet.TYPE, "e2e=ds");
        cluster.settle();
        assertThat(cluster.all(DaemonSet.TYPE)).isEmpty();
        assertThat(cluster.pods()).isEmpty();
    }

    @Test
    @Conformance("[sig-apps] ControllerRevision [Serial] should manage the lifecycle of a ControllerRevision")
    void aRevisionIsListedPatchedMadeUpdatedAndDeleted() {
        create("", "");
        var client = cluster.client.resources(ControllerRevision.TYPE);
        ControllerRevision first = revision(1);
        assertThat(first.metadata().ownerReferences()).hasSize(1);
        assertThat(client.get(first.metadata().name())).isEqualTo(first);
        ControllerRevision patched = cluster.merge(
                ControllerRevision.TYPE, first.metadata().name(), "{'metadata':{'labels':{'patched':'yes'}}}");
        assertThat(patched.metadata().labels()).containsEntry("patched", "yes");

        client.create(first.withRevision(first.revision() + 1)
                .withMetadata(ObjectMetaBuilder.builder()
                        .name("ds-copy")
                        .labels(first.metadata().labels())
                        .ownerReferences(first.metadata().ownerReferences())
                        .build()));
        assertThat(client.list(ListOptions.all().labels("app=ds")).items()).hasSize(2);
        client.delete("ds-copy");
        cluster.settle();
        assertThat(client.list(ListOptions.all().labels("app=ds")).items())
                .extracting(each -> each.metadata().name())
                .containsExactly(first.metadata().name());

        cluster.client
                .resources(DaemonSet.TYPE)
                .patch(
                        "ds",
                        Patch.strategic("{\"spec\":{\"template\":{\"spec\":{\"terminationGracePeriodSeconds\":1}}}}"));
        cluster.settle();
        ControllerRevision second = revision(2);
        ControllerRevision updated = client.edit(
                second.metadata().name(),
                each -> each.withMetadata(
                        each.metadata().withLabels(with(each.metadata().labels(), "updated", "yes"))));
        assertThat(updated.metadata().labels()).containsEntry("updated", "yes");
        assertThat(client.inAnyNamespace()
                        .list(ListOptions.all().labels("updated=yes"))
                        .items())
                .hasSize(1);
        cluster.deleteAll(ControllerRevision.TYPE, "patched=yes");
        cluster.settle();
        assertThat(client.list(ListOptions.all().labels("app=ds")).items())
                .extracting(ControllerRevision::revision)
                .containsExactly(2L);
    }

    private static Map<String, String> with(Map<String, String> labels, String key, String value) {
        Map<String, String> more = new HashMap<>(labels);
        more.put(key, value);
        return more;
    }

    private void create(String pod, String set) {
        cluster.create("""
                apiVersion: apps/v1
                kind: DaemonSet
                metadata: {name: ds, labels: {e2e: ds}}
                spec:
                  selector: {matchLabels: {app: ds}}
                  template:
                    metadata: {labels: {app: ds}}
                    spec:
                      containers: [{name: c, image: 'app:1'}]
                      %s
                  %s
                """.formatted(pod, set));
        cluster.settle();
    }

    private DaemonSet set() {
        return cluster.get(DaemonSet.TYPE, "ds");
    }

    private List<String> nodesWithAPod() {
        return cluster.active().stream()
                .filter(PodFacts::isReady)
                .map(pod -> pod.spec().nodeName())
                .sorted()
                .toList();
    }

    private List<String> hashes() {
        return cluster.active().stream()
                .map(pod -> Objects.requireNonNull(pod.metadata().labels().get("controller-revision-hash")))
                .toList();
    }

    private List<Long> revisions() {
        return cluster.all(ControllerRevision.TYPE).stream()
                .map(ControllerRevision::revision)
                .sorted()
                .toList();
    }

    private ControllerRevision revision(long number) {
        return cluster.all(ControllerRevision.TYPE).stream()
                .filter(each -> each.revision() == number)
                .findFirst()
                .orElseThrow();
    }

    private Map<String, String> uids() {
        Map<String, String> uids = new HashMap<>();
        cluster.pods()
                .forEach(pod -> uids.put(pod.metadata().name(), pod.metadata().uid()));
        return uids;
    }

    private static Map<String, String> keep(Map<String, String> from, List<String> names) {
        Map<String, String> kept = new HashMap<>(from);
        kept.keySet().retainAll(names);
        return kept;
    }

    private void paint(String node, String color) {
        cluster.merge(Node.TYPE, node, "{'metadata':{'labels':{'color':'" + color + "'}}}");
    }

    private void setImage(String image) {
        cluster.client
                .resources(DaemonSet.TYPE)
                .patch(
                        "ds",
                        Patch.strategic(
                                "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\""
                                        + image + "\"}]}}}}"));
    }
}
