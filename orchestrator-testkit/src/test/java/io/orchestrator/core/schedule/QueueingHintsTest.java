package io.orchestrator.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.meta.LabelSelector;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.core.AffinityBuilder;
import io.orchestrator.api.model.core.ContainerPortBuilder;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.NodeBuilder;
import io.orchestrator.api.model.core.NodeSpecBuilder;
import io.orchestrator.api.model.core.NodeStatusBuilder;
import io.orchestrator.api.model.core.PersistentVolumeClaim;
import io.orchestrator.api.model.core.PersistentVolumeClaimBuilder;
import io.orchestrator.api.model.core.PersistentVolumeClaimVolumeSourceBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodAffinityBuilder;
import io.orchestrator.api.model.core.PodAffinityTerm;
import io.orchestrator.api.model.core.PodAffinityTermBuilder;
import io.orchestrator.api.model.core.PodAntiAffinityBuilder;
import io.orchestrator.api.model.core.PodSpec;
import io.orchestrator.api.model.core.PodSpecBuilder;
import io.orchestrator.api.model.core.Taint;
import io.orchestrator.api.model.core.TaintBuilder;
import io.orchestrator.api.model.core.TopologySpreadConstraintBuilder;
import io.orchestrator.api.model.core.VolumeBuilder;
import io.orchestrator.core.schedule.plugin.KubernetesPlugins;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plugin by plugin: a pod that it refused is tried again for a change that could help, and for no other. */
class QueueingHintsTest {
    private static final String HOSTNAME = "kubernetes.io/hostname";

    /**
     * @param waiting the pod that is refused
     * @param before what makes the plugin refuse it
     * @param useless a change that cannot turn that
     * @param helpful one that can
     */
    private record Case(Pod waiting, Consumer<Cluster> before, Consumer<Cluster> useless, Consumer<Cluster> helpful) {}

    /** Nodes with one CPU each, in whatever state a case wants them. */
    private static final class Cluster {
        private final LoopFixture fixture = new LoopFixture(KubernetesPlugins.defaultProfile());

        void node(String name, UnaryOperator<Node> edit) {
            Node plain = NodeBuilder.builder()
                    .metadata(ObjectMetaBuilder.builder()
                            .name(name)
                            .uid(name)
                            .labels(Map.of(HOSTNAME, name))
                            .build())
                    .status(NodeStatusBuilder.builder()
                            .allocatable(Map.of("cpu", Quantity.parse("1"), "pods", Quantity.of(110)))
                            .build())
                    .build();
            fixture.loop.nodeChanged(null, edit.apply(plain));
        }

        void runs(Pod pod, String node) {
            Pod bound = pod.withSpec(pod.spec().withNodeName(node));
            fixture.server.put(bound);
            fixture.loop.podChanged(null, bound);
            fixture.settle();
        }

        void gone(String pod) {
            fixture.gone(pod);
        }

        long attempts() {
            return fixture.events.stream()
                    .filter(event -> event.startsWith("waiting "))
                    .count();
        }
    }

    static Stream<Named<Case>> plugins() {
        return Stream.of(
                Named.of(
                        "NodeUnschedulable",
                        new Case(
                                waiting(spec -> spec),
                                cluster -> cluster.node("n1", QueueingHintsTest::cordoned),
                                cluster -> cluster.node("n1", node -> labelled(cordoned(node), "a", "b")),
                                cluster -> cluster.node("n1", node -> node))),
                Named.of(
                        "TaintToleration",
                        new Case(
                                waiting(spec -> spec),
                                cluster -> cluster.node("n1", node -> tainted(node, "gpu")),
                                cluster -> cluster.node("n2", node -> tainted(node, "other")),
                                cluster -> cluster.node("n1", node -> node))),
                Named.of(
                        "NodeAffinity",
                        new Case(
                                waiting(spec -> spec.nodeSelector(Map.of("disk", "ssd"))),
                                cluster -> cluster.node("n1", node -> node),
                                cluster -> cluster.node("n1", node -> labelled(node, "disk", "hdd")),
                                cluster -> cluster.node("n1", node -> labelled(node, "disk", "ssd")))),
                Named.of(
                        "NodePorts",
                        new Case(
                                waiting(QueueingHintsTest::port80),
                                cluster -> {
                                    cluster.node("n1", node -> node);
                                    cluster.runs(pod("first", "x", "10m", QueueingHintsTest::port80), "n1");
                                    cluster.runs(pod("other", "x", "10m", spec -> spec), "n1");
                                },
                                cluster -> cluster.gone("other"),
                                cluster -> cluster.gone("first"))),
                Named.of(
                        "NodeResourcesFit",
                        new Case(
                                waiting(spec -> spec),
                                cluster -> {
                                    cluster.node("n1", node -> node);
                                    cluster.runs(pod("small", "x", "50m", spec -> spec), "n1");
                                    cluster.runs(pod("big", "x", "900m", spec -> spec), "n1");
                                },
                                cluster -> cluster.gone("small"),
                                cluster -> cluster.gone("big"))),
                Named.of(
                        "InterPodAffinity, near",
                        new Case(
                                waiting(spec -> spec.affinity(AffinityBuilder.builder()
                                        .podAffinity(PodAffinityBuilder.builder()
                                                .requiredDuringSchedulingIgnoredDuringExecution(List.of(nearTo("db")))
                                                .build())
                                        .build())),
                                cluster -> cluster.node("n1", node -> node),
                                cluster -> cluster.runs(pod("cache", "cache", "10m", spec -> spec), "n1"),
                                cluster -> cluster.runs(pod("db", "db", "10m", spec -> spec), "n1"))),
                Named.of(
                        "InterPodAffinity, far",
                        new Case(
                                waiting(spec -> spec.affinity(AffinityBuilder.builder()
                                        .podAntiAffinity(PodAntiAffinityBuilder.builder()
                                                .requiredDuringSchedulingIgnoredDuringExecution(List.of(nearTo("db")))
                                                .build())
                                        .build())),
                                cluster -> {
                                    cluster.node("n1", node -> node);
                                    cluster.runs(pod("db", "db", "10m", spec -> spec), "n1");
                                    cluster.runs(pod("cache", "cache", "10m", spec -> spec), "n1");
                                },
                                cluster -> cluster.gone("cache"),
                                cluster -> cluster.gone("db"))),
                Named.of(
                        "PodTopologySpread",
                        new Case(
                                waiting(spec ->
                                        spec.topologySpreadConstraints(List.of(TopologySpreadConstraintBuilder.builder()
                                                .maxSkew(1)
                                                .topologyKey(HOSTNAME)
                                                .whenUnsatisfiable("DoNotSchedule")
                                                .labelSelector(LabelSelector.of(Map.of("app", "web")))
                                                .build()))),
                                cluster -> {
                                    cluster.node("n1", node -> node);
                                    cluster.node("n2", QueueingHintsTest::cordoned);
                                    cluster.runs(pod("like", "web", "10m", spec -> spec), "n1");
                                    cluster.runs(pod("other", "x", "10m", spec -> spec), "n1");
                                },
                                cluster -> cluster.gone("other"),
                                cluster -> cluster.gone("like"))),
                Named.of(
                        "VolumeBinding",
                        new Case(
                                waiting(spec -> spec.volumes(List.of(VolumeBuilder.builder()
                                        .name("data")
                                        .persistentVolumeClaim(PersistentVolumeClaimVolumeSourceBuilder.builder()
                                                .claimName("mine")
                                                .build())
                                        .build()))),
                                cluster -> cluster.node("n1", node -> node),
                                cluster -> cluster.fixture.object(PersistentVolumeClaim.TYPE, claim("others")),
                                cluster -> cluster.fixture.object(PersistentVolumeClaim.TYPE, claim("mine")))));
    }

    @ParameterizedTest
    @MethodSource("plugins")
    void aRefusedPodWakesForWhatCouldHelpAndForNothingElse(Case example) {
        Cluster cluster = new Cluster();
        example.before.accept(cluster);
        cluster.fixture.created(example.waiting);
        cluster.fixture.time.advance(Duration.ofSeconds(30));
        assertThat(cluster.attempts())
                .as("it is refused: %s", cluster.fixture.events)
                .isOne();
        example.useless.accept(cluster);
        cluster.fixture.time.advance(Duration.ofSeconds(30));
        assertThat(cluster.attempts()).as("what cannot help tries nothing").isOne();
        example.helpful.accept(cluster);
        cluster.fixture.time.advance(Duration.ofSeconds(30));
        assertThat(cluster.attempts()).as("what could help is tried").isEqualTo(2);
    }

    private static Pod waiting(UnaryOperator<PodSpecBuilder> edit) {
        return pod("waiting", "web", "200m", edit);
    }

    private static Pod pod(String name, String app, String cpu, UnaryOperator<PodSpecBuilder> edit) {
        Pod plain = LoopFixture.pod(name, cpu, 0);
        PodSpec spec = edit.apply(PodSpecBuilder.builder(plain.spec())).build();
        return plain.withSpec(spec).withMetadata(plain.metadata().withLabels(Map.of("app", app)));
    }

    private static PodSpecBuilder port80(PodSpecBuilder spec) {
        return spec.containers(spec.containers().stream()
                .map(container -> container.withPorts(List.of(ContainerPortBuilder.builder()
                        .containerPort(80)
                        .hostPort(80)
                        .protocol("TCP")
                        .build())))
                .toList());
    }

    private static PodAffinityTerm nearTo(String app) {
        return PodAffinityTermBuilder.builder()
                .topologyKey(HOSTNAME)
                .labelSelector(LabelSelector.of(Map.of("app", app)))
                .build();
    }

    private static Node cordoned(Node node) {
        return node.withSpec(
                NodeSpecBuilder.builder(node.spec()).unschedulable(true).build());
    }

    private static Node labelled(Node node, String key, String value) {
        return node.withMetadata(
                node.metadata().withLabels(Map.of(HOSTNAME, node.metadata().name(), key, value)));
    }

    private static Node tainted(Node node, String key) {
        Taint taint = TaintBuilder.builder().key(key).effect("NoSchedule").build();
        return node.withSpec(
                NodeSpecBuilder.builder(node.spec()).taints(List.of(taint)).build());
    }

    private static PersistentVolumeClaim claim(String name) {
        return PersistentVolumeClaimBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .namespace("default")
                        .name(name)
                        .uid(name)
                        .build())
                .build();
    }
}
