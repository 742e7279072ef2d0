package io.orchestrator.testkit.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.core.NodeBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.metrics.NodeMetrics;
import io.orchestrator.api.model.metrics.PodMetrics;
import io.orchestrator.api.model.metrics.PodMetricsBuilder;
import io.orchestrator.spi.node.NodeUsage;
import io.orchestrator.spi.runtime.PodIdentity;
import io.orchestrator.testkit.simulation.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The metrics API over meters that say what the test wants. */
class MetricsKindsTest {
    private final Simulation sim = Simulation.inOrder();
    private final Client client = sim.client();
    private CompletionStage<NodeUsage> answer = new CompletableFuture<>();

    @BeforeEach
    void twoPodsOnANode() {
        client.create(NodeBuilder.builder()
                .metadata(ObjectMeta.named("n1").withLabel("zone", "a"))
                .build());
        client.create(NodeBuilder.builder().metadata(ObjectMeta.named("n2")).build());
        Pod web = client.create(pod("web", "front"));
        Pod db = client.create(pod("db", "back"));
        answer = CompletableFuture.completedFuture(
                usage(List.of(of(web, "main", 250_000_000, 64 << 20), of(db, "main", 1_500_000, 8 << 20))));
        sim.nodes().meter("n1", () -> answer);
    }

    @AfterEach
    void close() throws Exception {
        sim.close();
    }

    private static Pod pod(String name, String tier) {
        return Pod.named(name)
                .labels(Map.of("tier", tier))
                .nodeName("n1")
                .container("main", "main:1")
                .build();
    }

    private NodeUsage usage(List<NodeUsage.OfPod> pods) {
        return new NodeUsage(sim.environment().clock().instant(), Duration.ofSeconds(15), pods);
    }

    private NodeUsage.OfPod of(Pod pod, String container, long nanoCores, long bytes) {
        PodIdentity identity = new PodIdentity(
                pod.metadata().namespace(),
                pod.metadata().name(),
                pod.metadata().uid());
        return new NodeUsage.OfPod(
                identity,
                List.of(new NodeUsage.OfContainer(
                        container,
                        sim.environment().clock().instant(),
                        Duration.ofMillis(15_250),
                        nanoCores,
                        10 * nanoCores,
                        bytes)));
    }

    @Test
    void aPodIsShownWithItsLabelsTheWindowAndWhatEachContainerUses() {
        PodMetrics web = client.podMetrics().get("web");

        assertThat(web.metadata().labels()).containsEntry("tier", "front");
        assertThat(web.window()).isEqualTo("15.25s");
        assertThat(web.timestamp()).isNotNull();
        assertThat(web.containers()).singleElement().satisfies(container -> {
            assertThat(container.name()).isEqualTo("main");
            assertThat(container.usage().get("cpu")).isEqualTo(Quantity.parse("250m"));
            assertThat(container.usage().get("memory")).hasToString("64Mi");
        });
    }

    @Test
    void podsAreSelectedByNamespaceLabelsAndName() {
        assertThat(names(ListOptions.all())).containsExactlyInAnyOrder("web", "db");
        assertThat(names(ListOptions.all().labels("tier=back"))).containsExactly("db");
        assertThat(names(ListOptions.all().fields("metadata.name=web"))).containsExactly("web");
        assertThat(client.podMetrics().inNamespace("kube-system").list().items())
                .isEmpty();
        assertThat(client.podMetrics().inAnyNamespace().list().items()).hasSize(2);
        assertThatThrownBy(() -> names(ListOptions.all().fields("spec.nodeName=n1")))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("spec.nodeName");
    }

    private List<String> names(ListOptions options) {
        return client.podMetrics().list(options).items().stream()
                .map(pod -> pod.metadata().name())
                .toList();
    }

    @Test
    void aNodeUsesWhatItsPodsUseAndOneThatSaysNothingIsNotThere() {
        List<NodeMetrics> nodes = client.nodeMetrics().list().items();

        assertThat(nodes).singleElement().satisfies(node -> {
            assertThat(node.metadata().name()).isEqualTo("n1");
            assertThat(node.metadata().labels()).containsEntry("zone", "a");
            assertThat(node.usage().get("cpu")).isEqualTo(Quantity.parse("251500u"));
            assertThat(node.usage().get("memory")).isEqualTo(Quantity.parse("72Mi"));
        });
        assertThatThrownBy(() -> client.nodeMetrics().get("n2"))
                .hasMessageContaining("nodes.metrics.k8s.io \"n2\" not found");
    }

    @Test
    void aPodThatWasNotMeasuredIsNotFound() {
        client.create(
                Pod.named("fresh").nodeName("n1").container("main", "main:1").build());

        assertThatThrownBy(() -> client.podMetrics().get("fresh"))
                .hasMessage("pods.metrics.k8s.io \"fresh\" not found");
        assertThat(names(ListOptions.all())).containsExactlyInAnyOrder("web", "db");
    }

    @Test
    void aNodeThatDoesNotAnswerIsKnownByItsLastAnswerForAMinute() {
        assertThat(names(ListOptions.all())).hasSize(2);
        answer = new CompletableFuture<>();

        sim.advance(Duration.ofSeconds(50));
        assertThat(names(ListOptions.all())).hasSize(2);
        sim.advance(Duration.ofSeconds(20));
        assertThat(names(ListOptions.all())).isEmpty();

        answer = CompletableFuture.failedFuture(new IllegalStateException("the node is ill"));
        assertThat(names(ListOptions.all())).isEmpty();
    }

    @Test
    void nothingElseCanBeDoneToThem() {
        PodMetrics body =
                PodMetricsBuilder.builder().metadata(ObjectMeta.named("web")).build();

        assertThatThrownBy(() -> client.podMetrics().create(body)).satisfies(MetricsKindsTest::notAllowed);
        assertThatThrownBy(() -> client.podMetrics().update(body)).satisfies(MetricsKindsTest::notAllowed);
        assertThatThrownBy(() -> client.podMetrics().apply(body)).satisfies(MetricsKindsTest::notAllowed);
        assertThatThrownBy(() -> client.podMetrics().delete("web")).satisfies(MetricsKindsTest::notAllowed);
        assertThatThrownBy(() -> client.podMetrics().deleteAll(ListOptions.all(), DeleteOptions.defaults()))
                .satisfies(MetricsKindsTest::notAllowed);
    }

    private static void notAllowed(Throwable refusal) {
        assertThat(refusal)
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.reason()).isEqualTo(Reason.METHOD_NOT_ALLOWED));
    }
}
