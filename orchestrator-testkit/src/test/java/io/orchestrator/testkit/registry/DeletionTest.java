package io.orchestrator.testkit.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.client.DeleteOptions.Propagation;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.core.BindingBuilder;
import io.orchestrator.api.model.core.Namespace;
import io.orchestrator.api.model.core.ObjectReferenceBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.policy.Eviction;
import io.orchestrator.api.model.policy.EvictionBuilder;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How objects end. */
class DeletionTest {
    private final RegistryFixture cluster = new RegistryFixture();
    private final Client client = cluster.client;

    @AfterEach
    void close() {
        cluster.close();
    }

    private Pod scheduled(String name) {
        client.create(Pod.named(name).container("web", "nginx").build());
        client.pods()
                .createSubresource(
                        name,
                        "binding",
                        BindingBuilder.builder()
                                .metadata(ObjectMetaBuilder.builder().name(name).build())
                                .target(ObjectReferenceBuilder.builder()
                                        .kind("Node")
                                        .name("n1")
                                        .build())
                                .build());
        return client.pods().get(name);
    }

    @Test
    void aPodThatNoNodeRunsGoesAtOnce() {
        client.create(Pod.named("web").container("web", "nginx").build());
        client.pods().delete("web");
        assertThat(client.pods().find("web")).isEmpty();
    }

    @Test
    void aScheduledPodIsMarkedAndLeavesWithTheAgentsLastWord() {
        scheduled("web");
        Pod marked = client.pods().delete("web");
        assertThat(marked.metadata().deletionGracePeriodSeconds()).isEqualTo(30);
        assertThat(marked.metadata().deletionTimestamp().instant())
                .isEqualTo(cluster.time.clock().instant().plusSeconds(30));
        // Kubernetes 1.32 does not count the generations of pods.
        assertThat(marked.metadata().generation()).isZero();
        cluster.time.advance(Duration.ofSeconds(5));
        assertThat(client.pods().delete("web")).isSameAs(marked);
        Pod sooner = client.pods().delete("web", DeleteOptions.defaults().grace(3));
        assertThat(sooner.metadata().deletionGracePeriodSeconds()).isEqualTo(3);
        assertThat(client.pods().delete("web", DeleteOptions.defaults().grace(60)))
                .isSameAs(sooner);
        client.pods().delete("web", DeleteOptions.defaults().grace(0));
        assertThat(client.pods().find("web")).isEmpty();
    }

    @Test
    void foregroundAndOrphanLeaveAFinalizerForTheCollector() {
        client.create(Deployment.named("front").container("a", "i").build());
        Deployment waiting =
                client.deployments().delete("front", DeleteOptions.defaults().propagate(Propagation.FOREGROUND));
        assertThat(waiting.metadata().finalizers()).containsExactly("foregroundDeletion");
        assertThat(waiting.metadata().deletionTimestamp()).isNotNull();
        Deployment orphaning =
                client.deployments().delete("front", DeleteOptions.defaults().propagate(Propagation.ORPHAN));
        assertThat(orphaning.metadata().finalizers()).containsExactly("orphan");
        client.deployments().update(orphaning.withMetadata(orphaning.metadata().withFinalizers(List.of())));
        assertThat(client.deployments().find("front")).isEmpty();
    }

    @Test
    void aNamespaceWaitsForItsFinalizer() {
        client.create(Namespace.named("old").build());
        Namespace going = client.namespaces().delete("old");
        assertThat(going.status().phase()).isEqualTo("Terminating");
        assertThat(client.namespaces().get("old").metadata().deletionTimestamp())
                .isNotNull();
        client.namespaces()
                .updateSubresource(
                        "old", "finalize", going.withSpec(going.spec().withFinalizers(List.of())));
        assertThat(client.namespaces().find("old")).isEmpty();
    }

    @Test
    void anEvictionIsAGracefulDeletion() {
        scheduled("web");
        Eviction eviction = EvictionBuilder.builder()
                .metadata(ObjectMetaBuilder.builder().name("web").build())
                .build();
        client.pods().createSubresource("web", "eviction", eviction);
        assertThat(client.pods().get("web").metadata().deletionTimestamp()).isNotNull();
    }

    @Test
    void aCollectionGoesByItsSelector() {
        client.create(Pod.named("a").label("tier", "x").container("c", "i").build());
        client.create(Pod.named("b").label("tier", "y").container("c", "i").build());
        client.pods().deleteAll(ListOptions.all().labels("tier=x"), DeleteOptions.defaults());
        assertThat(client.pods().list().items())
                .extracting(pod -> pod.metadata().name())
                .containsExactly("b");
    }
}
