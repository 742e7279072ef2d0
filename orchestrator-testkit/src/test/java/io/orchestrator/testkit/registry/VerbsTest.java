package io.orchestrator.testkit.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.client.Patch;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.client.WatchEvent;
import io.orchestrator.api.client.WatchListener;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.apps.DeploymentStatusBuilder;
import io.orchestrator.api.model.autoscaling.Scale;
import io.orchestrator.api.model.autoscaling.ScaleSpec;
import io.orchestrator.api.model.core.Binding;
import io.orchestrator.api.model.core.BindingBuilder;
import io.orchestrator.api.model.core.ObjectReferenceBuilder;
import io.orchestrator.api.model.core.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The verbs, as a client in this process sees them. */
class VerbsTest {
    private final RegistryFixture cluster = new RegistryFixture();

    @AfterEach
    void close() {
        cluster.close();
    }

    private static Pod pod(String name) {
        return Pod.named(name).container("web", "nginx:1.27").build();
    }

    @Test
    void aNewObjectGetsIdentityVersionAndDefaults() {
        Pod created = cluster.client.pods().create(pod("web"));
        assertThat(created.metadata().uid()).hasSize(36);
        assertThat(created.metadata().resourceVersion()).isNotEmpty();
        assertThat(created.metadata().namespace()).isEqualTo("default");
        assertThat(created.metadata().creationTimestamp()).isNotNull();
        assertThat(created.metadata().generation()).as("not counted for pods").isZero();
        assertThat(created.spec().restartPolicy()).isEqualTo("Always");
        assertThat(created.status().phase()).isEqualTo("Pending");
        assertThat(cluster.client.pods().get("web")).isSameAs(created);
    }

    @Test
    void aWatchFromAListMissesNothing() {
        cluster.client.pods().create(pod("a"));
        String version = cluster.client.pods().list().metadata().resourceVersion();
        Pod b = cluster.client.pods().create(pod("b"));
        List<String> seen = new ArrayList<>();
        cluster.client.pods().watch(ListOptions.all().since(version), new Recorder(seen));
        cluster.client.pods().delete("a");
        cluster.settle();
        cluster.client.pods().update(b.withMetadata(b.metadata().withLabels(Map.of("x", "y"))));
        cluster.settle();
        assertThat(seen).containsExactly("ADDED b", "DELETED a", "MODIFIED b");
    }

    @Test
    void anUpdateOfAnOldVersionIsAConflict() {
        Pod first = cluster.client.pods().create(pod("web"));
        cluster.client.pods().update(first.withMetadata(first.metadata().withLabels(Map.of("x", "1"))));
        assertThatThrownBy(() -> cluster.client
                        .pods()
                        .update(first.withMetadata(first.metadata().withLabels(Map.of("x", "2")))))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CONFLICT))
                .hasMessage(
                        "Operation cannot be fulfilled on pods \"web\": the object has been modified; please apply your"
                                + " changes to the latest version and try again");
    }

    @Test
    void generationRisesWithTheSpecOnlyAndStatusStandsApart() {
        Deployment web = cluster.client
                .deployments()
                .create(Deployment.named("web").container("web", "nginx:1.27").build());
        Deployment reported = cluster.client
                .deployments()
                .updateStatus(web.withStatus(
                        DeploymentStatusBuilder.builder().replicas(3).build()));
        assertThat(reported.metadata().generation()).isEqualTo(1);
        Deployment scaled = cluster.client
                .deployments()
                .update(reported.withSpec(reported.spec().withReplicas(5)).withStatus(web.status()));
        assertThat(scaled.metadata().generation()).isEqualTo(2);
        assertThat(scaled.status().replicas()).isEqualTo(3);
    }

    @Test
    void whatChangesNothingKeepsTheVersion() {
        Pod web = cluster.client.pods().create(pod("web"));
        assertThat(cluster.client.pods().update(web)).isSameAs(web);
        assertThat(cluster.client.pods().patch("web", Patch.merge("{\"metadata\":{\"labels\":{}}}")))
                .isSameAs(web);
    }

    @Test
    void patchesOfThreeKindsAreUnderstood() {
        cluster.client.pods().create(pod("web"));
        Pod merged = cluster.client.pods().patch("web", Patch.merge("{\"metadata\":{\"labels\":{\"a\":\"1\"}}}"));
        assertThat(merged.metadata().labels()).containsEntry("a", "1");
        Pod operated = cluster.client
                .pods()
                .patch("web", Patch.json("[{\"op\":\"replace\",\"path\":\"/metadata/labels/a\",\"value\":\"2\"}]"));
        assertThat(operated.metadata().labels()).containsEntry("a", "2");
        Pod strategic = cluster.client
                .pods()
                .patch(
                        "web",
                        Patch.strategic("{\"spec\":{\"containers\":[{\"name\":\"web\",\"image\":\"nginx:2\"}]}}"));
        assertThat(strategic.spec().containers()).singleElement().satisfies(container -> {
            assertThat(container.image()).isEqualTo("nginx:2");
            assertThat(container.terminationMessagePath()).isEqualTo("/dev/termination-log");
        });
    }

    @Test
    void scaleIsAViewOfTheDeployment() {
        cluster.client
                .deployments()
                .create(Deployment.named("web").container("web", "nginx:1.27").build());
        Scale scale = cluster.client.deployments().getSubresource("web", "scale", Scale.class);
        assertThat(scale.spec().replicas()).isEqualTo(1);
        assertThat(scale.status().selector()).isEqualTo("app=web");
        cluster.client.deployments().updateSubresource("web", "scale", scale.withSpec(new ScaleSpec(4)));
        assertThat(cluster.client.deployments().get("web").spec().replicas()).isEqualTo(4);
    }

    @Test
    void aPodIsBoundOnce() {
        cluster.client.pods().create(pod("web"));
        Binding binding = BindingBuilder.builder()
                .metadata(pod("web").metadata())
                .target(ObjectReferenceBuilder.builder().kind("Node").name("n1").build())
                .build();
        cluster.client.pods().createSubresource("web", "binding", binding);
        assertThat(cluster.client.pods().get("web").spec().nodeName()).isEqualTo("n1");
        assertThatThrownBy(() -> cluster.client.pods().createSubresource("web", "binding", binding))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CONFLICT));
    }

    record Recorder(List<String> seen) implements WatchListener<Pod> {
        @Override
        public void onEvent(WatchEvent<Pod> event) {
            seen.add(event.type() + " " + event.object().metadata().name());
        }

        @Override
        public void onClosed(ApiException cause) {
            seen.add("CLOSED " + cause.reason());
        }
    }
}
