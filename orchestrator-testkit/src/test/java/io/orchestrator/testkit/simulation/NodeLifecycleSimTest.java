package io.orchestrator.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.meta.MicroTime;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.model.coordination.Lease;
import io.orchestrator.api.model.coordination.LeaseBuilder;
import io.orchestrator.api.model.coordination.LeaseSpecBuilder;
import io.orchestrator.api.model.core.Event;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.NodeBuilder;
import io.orchestrator.api.model.core.NodeConditionBuilder;
import io.orchestrator.api.model.core.NodeStatusBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodConditionBuilder;
import io.orchestrator.api.model.core.Taint;
import io.orchestrator.api.model.core.TaintBuilder;
import io.orchestrator.api.model.core.Toleration;
import io.orchestrator.api.model.core.TolerationBuilder;
import io.orchestrator.core.control.nodelifecycle.NodeLifecycleReconciler;
import io.orchestrator.core.control.nodelifecycle.NodeLifecycleSettings;
import io.orchestrator.core.control.podgc.PodGarbageReconciler;
import io.orchestrator.core.control.tainteviction.TaintEvictionReconciler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Nodes that fall silent, and what becomes of their pods. */
class NodeLifecycleSimTest {
    private static final String LEASES = "kube-node-lease";

    /** Nodes that renew their leases every ten seconds, unless they are silent, and the controllers that judge them. */
    private static final class Nodes implements AutoCloseable {
        final Simulation sim = Simulation.inOrder();
        final SimulatedComponent controllers;
        final Set<String> silent = new HashSet<>();
        private final Map<String, String> zones = new TreeMap<>();

        Nodes(Map<String, Integer> sizes) {
            this(sizes, NodeLifecycleSettings.defaults());
        }

        Nodes(Map<String, Integer> sizes, NodeLifecycleSettings settings) {
            sizes.forEach((zone, size) -> {
                for (int i = 1; i <= size; i++) {
                    add(zone + "-" + i, zone);
                }
            });
            controllers = sim.component(
                    "controllers",
                    site -> new Controllers(
                            site,
                            List.of(
                                    NodeLifecycleReconciler.spec(
                                            settings, site.environment().nanoTime()),
                                    TaintEvictionReconciler.spec(
                                            site.environment().nanoTime()),
                                    PodGarbageReconciler.spec(site.environment().nanoTime()))));
        }

        void add(String name, String zone) {
            zones.put(name, zone);
            sim.client()
                    .create(NodeBuilder.builder()
                            .metadata(ObjectMetaBuilder.builder()
                                    .name(name)
                                    .labels(Map.of("topology.kubernetes.io/zone", zone))
                                    .build())
                            .build());
            says(name, "True");
            sim.client()
                    .create(LeaseBuilder.builder()
                            .metadata(ObjectMetaBuilder.builder()
                                    .name(name)
                                    .namespace(LEASES)
                                    .build())
                            .spec(LeaseSpecBuilder.builder()
                                    .holderIdentity(name)
                                    .build())
                            .build());
        }

        /** What the node itself says of its readiness. */
        void says(String name, String ready) {
            sim.client().nodes().updateStatus(with(sim.client().nodes().get(name), ready));
        }

        private static Node with(Node node, String ready) {
            return node.withStatus(NodeStatusBuilder.builder(node.status())
                    .conditions(List.of(NodeConditionBuilder.builder()
                            .type("Ready")
                            .status(ready)
                            .reason("KubeletReady")
                            .build()))
                    .build());
        }

        /** A node that comes back says how it is, as agents do. */
        void speaks(String name) {
            silent.remove(name);
            says(name, "True");
        }

        /** Time passes; every node that is not silent renews its lease every ten seconds. */
        void pass(Duration span) {
            for (long left = span.toSeconds(); left > 0; left -= 10) {
                renewAll();
                sim.advance(Duration.ofSeconds(Math.min(10, left)));
            }
        }

        void renewAll() {
            zones.keySet().stream().filter(name -> !silent.contains(name)).forEach(this::renew);
        }

        void renew(String name) {
            MicroTime now = MicroTime.of(sim.environment().clock().instant());
            sim.client()
                    .inNamespace(LEASES)
                    .resources(Lease.TYPE)
                    .edit(name, lease -> lease.withSpec(lease.spec().withRenewTime(now)));
        }

        /** @param bears for how many seconds it puts up with a node that does not answer */
        void pod(String name, String node, long bears) {
            Pod pod = Pod.named(name).container("web", "nginx:1").build();
            sim.client()
                    .create(pod.withSpec(pod.spec()
                            .with(spec -> spec.nodeName(node)
                                    .tolerations(List.of(
                                            toleration("node.kubernetes.io/not-ready", bears),
                                            toleration("node.kubernetes.io/unreachable", bears))))));
            Pod created = sim.client().pods().get(name);
            sim.client()
                    .pods()
                    .updateStatus(created.withStatus(created.status()
                            .with(status -> status.phase("Running")
                                    .conditions(List.of(PodConditionBuilder.builder()
                                            .type("Ready")
                                            .status("True")
                                            .build())))));
        }

        private static Toleration toleration(String key, long seconds) {
            return TolerationBuilder.builder()
                    .key(key)
                    .operator("Exists")
                    .effect("NoExecute")
                    .tolerationSeconds(seconds)
                    .build();
        }

        /** As {@code key:effect}, without the node's zone or prefix. */
        List<String> taints(String node) {
            return sim.client().nodes().get(node).spec().taints().stream()
                    .map(taint -> taint.key().substring(taint.key().indexOf('/') + 1) + ":" + taint.effect())
                    .sorted()
                    .toList();
        }

        String ready(String node) {
            return sim.client().nodes().get(node).status().conditions().stream()
                    .filter(condition -> condition.type().equals("Ready"))
                    .map(condition -> condition.status())
                    .findFirst()
                    .orElse("");
        }

        /** On whose nodes pods are driven off. */
        long evicted() {
            return zones.keySet().stream()
                    .filter(node -> taints(node).contains("unreachable:NoExecute"))
                    .count();
        }

        /** What was told of the object, as {@code source/reason: message}. */
        List<String> told(String name) {
            return sim.client().resources(Event.TYPE).list().items().stream()
                    .filter(event -> event.involvedObject().name().equals(name))
                    .map(event -> event.source().component() + "/" + event.reason() + ": " + event.message())
                    .toList();
        }

        boolean has(String pod) {
            Pod found = sim.client().pods().find(pod).orElse(null);
            return found != null && found.metadata().deletionTimestamp() == null;
        }

        String podReady(String pod) {
            return sim.client().pods().get(pod).status().conditions().stream()
                    .filter(condition -> condition.type().equals("Ready"))
                    .map(condition -> condition.status())
                    .findFirst()
                    .orElse("");
        }

        @Override
        public void close() throws Exception {
            sim.close();
        }
    }

    @Test
    void aNodeThatFallsSilentIsTaintedAndItsPodsGoWhenTheyBearItNoLonger() throws Exception {
        try (Nodes nodes = new Nodes(Map.of("a", 4))) {
            nodes.pod("impatient", "a-1", 0L);
            nodes.pod("patient", "a-1", 120L);
            nodes.pass(Duration.ofSeconds(60));
            assertThat(nodes.taints("a-1")).isEmpty();

            nodes.silent.add("a-1");
            nodes.pass(Duration.ofSeconds(30));
            assertThat(nodes.ready("a-1")).as("within the grace period").isEqualTo("True");
            nodes.pass(Duration.ofSeconds(30));
            assertThat(nodes.ready("a-1")).isEqualTo("Unknown");
            assertThat(nodes.taints("a-1")).containsExactly("unreachable:NoExecute", "unreachable:NoSchedule");
            assertThat(nodes.has("impatient")).isFalse();
            assertThat(nodes.has("patient")).isTrue();
            assertThat(nodes.podReady("patient")).as("services pass it over").isEqualTo("False");
            assertThat(nodes.told("a-1"))
                    .containsExactly("node-controller/NodeNotReady: Node a-1 status is now: NodeNotReady");
            assertThat(nodes.told("patient")).containsExactly("node-controller/NodeNotReady: Node is not ready");
            assertThat(nodes.told("impatient"))
                    .contains("taint-eviction-controller/TaintManagerEviction: Marking for deletion Pod"
                            + " default/impatient");
            nodes.pass(Duration.ofSeconds(120));
            assertThat(nodes.has("patient")).isFalse();
        }
    }

    @Test
    void aNodeThatDiesWhileNobodyCanBeAskedIsJudgedSoonAfterwardsAndItsPodsGo() throws Exception {
        try (Nodes nodes = new Nodes(Map.of("a", 4))) {
            nodes.pod("patient", "a-1", 60L);
            nodes.pod("spared", "a-2", 0L);
            nodes.pass(Duration.ofSeconds(60));
            nodes.controllers.faults().partition();
            nodes.silent.add("a-1");
            nodes.pass(Duration.ofMinutes(30));
            nodes.controllers.faults().heal();
            nodes.pass(Duration.ofSeconds(80));
            assertThat(nodes.ready("a-1")).isEqualTo("Unknown");
            assertThat(nodes.ready("a-2")).as("it was heard all the time").isEqualTo("True");
            assertThat(nodes.podReady("spared")).isEqualTo("True");
            nodes.pass(Duration.ofSeconds(60));
            assertThat(nodes.has("patient")).isFalse();
            assertThat(nodes.has("spared")).isTrue();
        }
    }

    @Test
    void aNodeThatComesBackIsCleanAndKeepsThePodsThatWaited() throws Exception {
        try (Nodes nodes = new Nodes(Map.of("a", 4))) {
            nodes.pod("patient", "a-1", 300L);
            for (int i = 0; i < 3; i++) {
                nodes.silent.add("a-1");
                nodes.pass(Duration.ofSeconds(200));
                assertThat(nodes.taints("a-1")).contains("unreachable:NoExecute");
                nodes.speaks("a-1");
                nodes.pass(Duration.ofSeconds(30));
                assertThat(nodes.ready("a-1")).isEqualTo("True");
                assertThat(nodes.taints("a-1")).isEmpty();
            }
            assertThat(nodes.has("patient"))
                    .as("each time it waited for less than it bears")
                    .isTrue();
            assertThat(nodes.told("patient"))
                    .contains("taint-eviction-controller/TaintManagerEviction: Cancelling deletion of Pod"
                            + " default/patient");
        }
    }

    @Test
    void whetherItSaysThatItIsNotReadyOrSaysNothingIsOneWaitToAPod() throws Exception {
        try (Nodes nodes = new Nodes(Map.of("a", 4))) {
            nodes.pod("patient", "a-1", 120L);
            nodes.says("a-1", "False");
            nodes.pass(Duration.ofSeconds(60));
            assertThat(nodes.taints("a-1")).containsExactly("not-ready:NoExecute", "not-ready:NoSchedule");
            nodes.silent.add("a-1");
            nodes.pass(Duration.ofSeconds(40));
            assertThat(nodes.has("patient")).isTrue();
            nodes.pass(Duration.ofSeconds(50));
            assertThat(nodes.taints("a-1")).containsExactly("unreachable:NoExecute", "unreachable:NoSchedule");
            assertThat(nodes.has("patient"))
                    .as("two minutes have passed in all")
                    .isFalse();
        }
    }

    @Test
    void nodesThatFallSilentOneByOneAreEvictedOneInTenSeconds() throws Exception {
        try (Nodes nodes = new Nodes(Map.of("a", 20))) {
            nodes.pass(Duration.ofSeconds(60));
            for (int i = 1; i <= 5; i++) {
                nodes.silent.add("a-" + i);
            }
            long before = 0;
            int steps = 0;
            nodes.pass(Duration.ofSeconds(40));
            for (int i = 0; i < 12; i++) {
                nodes.pass(Duration.ofSeconds(5));
                long now = nodes.evicted();
                assertThat(now - before).as("within five seconds").isLessThanOrEqualTo(1);
                steps += now > before ? 1 : 0;
                before = now;
            }
            nodes.pass(Duration.ofSeconds(60));
            assertThat(nodes.evicted()).isEqualTo(5);
            assertThat(steps).isGreaterThanOrEqualTo(3);
        }
    }

    @Test
    void howeverShortTheGraceNodesAreNotTakenForSilentBetweenTwoOfTheirSigns() throws Exception {
        NodeLifecycleSettings brief = NodeLifecycleSettings.defaults().withGrace(Duration.ofSeconds(15));
        for (int later = 0; later < 10; later++) {
            try (Nodes nodes = new Nodes(Map.of("a", 5), brief)) {
                nodes.pass(Duration.ofSeconds(60));
                nodes.renewAll();
                nodes.sim.advance(Duration.ofSeconds(later));
                for (String last : List.of("a-1", "a-2")) {
                    nodes.renew(last);
                    nodes.silent.add(last);
                }
                nodes.sim.advance(Duration.ofSeconds(10 - later));
                nodes.pass(Duration.ofSeconds(60));
                assertThat(nodes.evicted())
                        .as("their last sign comes %s s after those of the others", later)
                        .isEqualTo(2);
            }
        }
    }

    @Test
    void aNodeWhoseEvictionIsTakenUpAgainTakesNoTurnFromOneThatWaits() throws Exception {
        try (Nodes nodes = new Nodes(Map.of("a", 5))) {
            nodes.pass(Duration.ofSeconds(60));
            nodes.silent.addAll(Set.of("a-1", "a-2"));
            nodes.pass(Duration.ofSeconds(45));
            assertThat(nodes.evicted()).as("the first of them").isEqualTo(1);
            // The others stammer: all seem to be silent for a moment, again and again.
            for (int i = 0; i < 10; i++) {
                nodes.sim.advance(Duration.ofSeconds(29));
                nodes.pass(Duration.ofSeconds(9));
            }
            assertThat(nodes.evicted()).isEqualTo(2);
        }
    }

    @Test
    void whenMostOfASmallZoneIsSilentNothingMoreIsEvicted() throws Exception {
        try (Nodes nodes = new Nodes(Map.of("a", 6, "b", 6))) {
            nodes.pass(Duration.ofSeconds(60));
            for (int i = 1; i <= 5; i++) {
                nodes.silent.add("a-" + i);
            }
            nodes.pass(Duration.ofMinutes(10));
            assertThat(nodes.evicted()).isZero();
            assertThat(nodes.taints("a-1")).as("no new pods either").containsExactly("unreachable:NoSchedule");
            nodes.speaks("a-1");
            nodes.speaks("a-2");
            nodes.speaks("a-3");
            nodes.pass(Duration.ofMinutes(2));
            assertThat(nodes.evicted()).as("most of the zone is heard again").isEqualTo(2);
        }
    }

    @Test
    void whenMostOfALargeZoneIsSilentEvictionGoesOnSlowly() throws Exception {
        NodeLifecycleSettings usual = NodeLifecycleSettings.defaults();
        NodeLifecycleSettings eightAreMany = new NodeLifecycleSettings(
                usual.grace(), usual.evictionInterval(), usual.slowEvictionInterval(), usual.unhealthyFraction(), 7);
        try (Nodes nodes = new Nodes(Map.of("a", 8, "b", 2), eightAreMany)) {
            nodes.pass(Duration.ofSeconds(60));
            for (int i = 1; i <= 6; i++) {
                nodes.silent.add("a-" + i);
            }
            nodes.pass(Duration.ofSeconds(130));
            assertThat(nodes.evicted()).isEqualTo(1);
            nodes.pass(Duration.ofSeconds(200));
            assertThat(nodes.evicted()).as("one in a hundred seconds").isEqualTo(3);
        }
    }

    @Test
    void aZoneThatIsSilentAsAWholeIsEvictedAsOthersAreHeard() throws Exception {
        try (Nodes nodes = new Nodes(Map.of("a", 3, "b", 3))) {
            nodes.pass(Duration.ofSeconds(60));
            nodes.silent.addAll(Set.of("a-1", "a-2", "a-3"));
            nodes.pass(Duration.ofMinutes(4));
            assertThat(nodes.evicted()).isEqualTo(3);
        }
    }

    @Test
    void whenAllAreSilentNobodyIsEvictedAndNobodyWhenTheyAreBack() throws Exception {
        try (Nodes nodes = new Nodes(Map.of("a", 3, "b", 3))) {
            nodes.pod("web", "a-1", 60L);
            nodes.pass(Duration.ofSeconds(60));
            List<String> all = List.of("a-1", "a-2", "a-3", "b-1", "b-2", "b-3");
            nodes.silent.addAll(all);
            nodes.pass(Duration.ofMinutes(20));
            assertThat(nodes.evicted()).isZero();
            assertThat(nodes.has("web")).isTrue();
            all.forEach(nodes::speaks);
            nodes.pass(Duration.ofMinutes(5));
            assertThat(nodes.has("web")).isTrue();
            all.forEach(node -> assertThat(nodes.taints(node)).isEmpty());
        }
    }

    @Test
    void aClockThatJumpsSilencesNobody() throws Exception {
        try (Nodes nodes = new Nodes(Map.of("a", 3))) {
            nodes.pass(Duration.ofSeconds(60));
            nodes.sim.time().jump(Duration.ofHours(1));
            nodes.pass(Duration.ofSeconds(60));
            nodes.sim.time().jump(Duration.ofHours(-5));
            nodes.pass(Duration.ofSeconds(60));
            assertThat(List.of(nodes.ready("a-1"), nodes.ready("a-2"), nodes.ready("a-3")))
                    .containsOnly("True");
        }
    }

    @Test
    void podsOfANodeThatIsGoneAreEndedAfterAWhile() throws Exception {
        try (Nodes nodes = new Nodes(Map.of("a", 3))) {
            nodes.pod("orphan", "a-1", 3000L);
            nodes.pass(Duration.ofSeconds(20));
            nodes.zones.remove("a-1");
            nodes.sim.client().nodes().delete("a-1");
            nodes.pass(Duration.ofSeconds(30));
            assertThat(nodes.sim.client().pods().find("orphan"))
                    .as("it might come back")
                    .isPresent();
            nodes.pass(Duration.ofSeconds(60));
            assertThat(nodes.sim.client().pods().find("orphan")).isEmpty();
        }
    }

    @Test
    void podsThatCannotEndOnANodeOutOfServiceAreEndedByForce() throws Exception {
        try (Nodes nodes = new Nodes(Map.of("a", 3))) {
            nodes.pod("stuck", "a-1", 3000L);
            nodes.silent.add("a-1");
            nodes.pass(Duration.ofSeconds(90));
            nodes.sim.client().nodes().edit("a-1", node -> {
                List<Taint> taints = new ArrayList<>(node.spec().taints());
                taints.add(TaintBuilder.builder()
                        .key("node.kubernetes.io/out-of-service")
                        .value("nodeshutdown")
                        .effect("NoExecute")
                        .build());
                return node.withSpec(node.spec().withTaints(taints));
            });
            nodes.pass(Duration.ofSeconds(60));
            assertThat(nodes.sim.client().pods().find("stuck")).isEmpty();
        }
    }

    @Test
    void controllersThatDieAtAnyOfTheirWritesOrHearOfAnyEventLateComeToTheSame() throws Exception {
        int writes = new CrashPoints<>(() -> new Nodes(Map.of("a", 3)), nodes -> nodes.controllers, nodes -> {
                    nodes.pod("impatient", "a-1", 0L);
                    nodes.pod("patient", "a-1", 60L);
                    nodes.pod("elsewhere", "a-2", 0L);
                    nodes.pass(Duration.ofSeconds(60));
                    nodes.silent.add("a-1");
                    nodes.pass(Duration.ofMinutes(6));
                    // Heartbeats never end, so that one of them may be late now: then all nodes seem to be silent
                    // together.
                    nodes.controllers.faults().delayNoMore();
                    nodes.pass(Duration.ofMinutes(1));
                    return nodes.ready("a-1")
                            + nodes.taints("a-1")
                            + nodes.has("impatient")
                            + nodes.has("patient")
                            + nodes.has("elsewhere")
                            + nodes.taints("a-2");
                })
                .forEachWriteAndEvent();
        assertThat(writes).isGreaterThan(5);
    }
}
