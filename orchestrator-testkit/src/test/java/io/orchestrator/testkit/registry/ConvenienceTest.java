package io.orchestrator.testkit.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.client.RolloutStatus;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.OwnerReferenceBuilder;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.apps.DeploymentStatusBuilder;
import io.orchestrator.api.model.apps.ReplicaSet;
import io.orchestrator.api.model.apps.ReplicaSetBuilder;
import io.orchestrator.api.model.apps.ReplicaSetSpecBuilder;
import io.orchestrator.api.model.core.BindingBuilder;
import io.orchestrator.api.model.core.ObjectReferenceBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodTemplateSpec;
import io.orchestrator.api.model.core.PodTemplateSpecBuilder;
import io.orchestrator.spi.node.NodeEndpoint;
import io.orchestrator.spi.node.PodConnection;
import io.orchestrator.spi.runtime.ExecSession;
import io.orchestrator.spi.runtime.ExecSpec;
import io.orchestrator.spi.runtime.LogQuery;
import io.orchestrator.spi.runtime.LogStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the client does beyond the bare verbs. */
class ConvenienceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final RegistryFixture cluster = new RegistryFixture();
    private final Client client = cluster.client;

    @AfterEach
    void close() {
        cluster.close();
    }

    private Deployment web(String image) {
        return Deployment.named("web").replicas(2).container("web", image).build();
    }

    /** As the deployment controller keeps an old template. */
    private void keep(Deployment owner, long revision, String image) {
        PodTemplateSpec template = web(image).spec().template();
        Map<String, String> labels = Map.of("app", "web", "pod-template-hash", "h" + revision);
        client.create(ReplicaSetBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .name("web-" + revision)
                        .annotations(Map.of("deployment.kubernetes.io/revision", Long.toString(revision)))
                        .ownerReferences(List.of(OwnerReferenceBuilder.builder()
                                .apiVersion("apps/v1")
                                .kind("Deployment")
                                .name("web")
                                .uid(owner.metadata().uid())
                                .controller(true)
                                .build()))
                        .build())
                .spec(ReplicaSetSpecBuilder.builder(
                                ReplicaSet.named("x").build().spec())
                        .selector(owner.spec().selector())
                        .template(PodTemplateSpecBuilder.builder(template)
                                .metadata(ObjectMetaBuilder.builder()
                                        .labels(labels)
                                        .build())
                                .build())
                        .build())
                .build());
    }

    @Test
    void undoGoesBackToAKeptTemplateWithoutItsHash() {
        Deployment web = client.create(web("nginx:3"));
        keep(web, 1, "nginx:1");
        keep(web, 2, "nginx:2");
        keep(web, 3, "nginx:3");
        assertThat(client.deployments().history("web").templates().keySet()).containsExactly(1L, 2L, 3L);
        PodTemplateSpec before = client.deployments().undo("web").spec().template();
        assertThat(before.spec().containers().get(0).image()).isEqualTo("nginx:2");
        assertThat(before.metadata().labels()).doesNotContainKey("pod-template-hash");
        PodTemplateSpec first = client.deployments().undo("web", 1).spec().template();
        assertThat(first.spec().containers().get(0).image()).isEqualTo("nginx:1");
        assertThatThrownBy(() -> client.deployments().undo("web", 9))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_FOUND));
    }

    @Test
    void restartChangesTheTemplateAndAPausedDeploymentRefuses() {
        client.create(web("nginx:1"));
        Deployment restarted = client.deployments().restart("web", Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(restarted.spec().template().metadata().annotations())
                .containsEntry("kubectl.kubernetes.io/restartedAt", "2026-01-01T00:00:00Z");
        assertThat(restarted.metadata().generation()).isEqualTo(2);
        assertThat(client.deployments().pause("web").spec().paused()).isTrue();
        assertThatThrownBy(() -> client.deployments().restart("web")).isInstanceOf(ApiException.class);
        assertThatThrownBy(() -> client.deployments().undo("web")).isInstanceOf(ApiException.class);
        assertThat(client.deployments().resume("web").spec().paused()).isFalse();
    }

    @Test
    void scaleTouchesNothingButTheReplicas() {
        Deployment web = client.create(web("nginx:1"));
        assertThat(client.deployments().scale("web", 7).spec().replicas()).isEqualTo(7);
        Deployment scaled = client.deployments().get("web");
        assertThat(scaled.spec()).isEqualTo(web.spec().withReplicas(7));
    }

    @Test
    void aRolloutSaysWhatItWaitsFor() {
        Deployment web = client.create(web("nginx:1"));
        assertThat(RolloutStatus.of(web).message()).contains("spec update to be observed");
        DeploymentStatusBuilder status = DeploymentStatusBuilder.builder()
                .observedGeneration(1)
                .replicas(3)
                .updatedReplicas(1);
        assertThat(RolloutStatus.of(web.withStatus(status.build())).message())
                .contains("1 out of 2 new replicas have been updated");
        status.updatedReplicas(2);
        assertThat(RolloutStatus.of(web.withStatus(status.build())).message())
                .contains("1 old replicas are pending termination");
        status.replicas(2).availableReplicas(1);
        assertThat(RolloutStatus.of(web.withStatus(status.build())).message())
                .contains("1 of 2 updated replicas are available");
        status.availableReplicas(2);
        assertThat(RolloutStatus.of(web.withStatus(status.build())).isDone()).isTrue();
    }

    @Test
    void streamsFindTheContainerOrSayWhichThereAre() {
        client.create(Pod.named("two").container("a", "i").container("b", "i").build());
        refused("two", "", "a container name must be specified for pod two, choose one of: [a b]");
        refused("two", "c", "container c is not valid for pod two");
        assertThat(client.pods().logText("two", "a", PATIENCE))
                .as("what no node has yet has said nothing")
                .isEmpty();
        refused("none", "", "pods \"none\" not found");
        client.pods()
                .createSubresource(
                        "two",
                        "binding",
                        BindingBuilder.builder()
                                .metadata(
                                        ObjectMetaBuilder.builder().name("two").build())
                                .target(ObjectReferenceBuilder.builder()
                                        .name("n1")
                                        .build())
                                .build());
        refused("two", "a", "the agent of node \"n1\" is not connected");
        cluster.nodes.register("n1", new Echo());
        assertThat(client.pods().logText("two", "b", PATIENCE)).isEqualTo("default/two/b");
    }

    private void refused(String pod, String container, String message) {
        assertThatThrownBy(() -> client.pods().logText(pod, container, PATIENCE))
                .isInstanceOf(ApiException.class)
                .hasMessage(message);
    }

    /** A node whose containers log their own names. */
    private static final class Echo implements NodeEndpoint {
        @Override
        public CompletionStage<LogStream> logs(
                String namespace, String pod, String container, boolean previous, LogQuery query) {
            Deque<byte[]> pieces = new ArrayDeque<>();
            for (String piece : List.of(namespace, "/", pod, "/", container)) {
                pieces.add(piece.getBytes(StandardCharsets.UTF_8));
            }
            return CompletableFuture.completedStage(new LogStream() {
                @Override
                public byte @Nullable [] read() {
                    return pieces.poll();
                }

                @Override
                public void close() {
                    pieces.clear();
                }
            });
        }

        @Override
        public CompletionStage<ExecSession> exec(String namespace, String pod, String container, ExecSpec spec) {
            return CompletableFuture.failedStage(new ApiException(Reason.BAD_REQUEST, "nothing runs here"));
        }

        @Override
        public CompletionStage<ExecSession> attach(String namespace, String pod, String container, boolean stdin) {
            return CompletableFuture.failedStage(new ApiException(Reason.BAD_REQUEST, "nothing runs here"));
        }

        @Override
        public CompletionStage<PodConnection> connect(String namespace, String pod, int port) {
            return CompletableFuture.failedStage(new ApiException(Reason.BAD_REQUEST, "nothing listens here"));
        }
    }
}
