package io.orchestrator.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.client.DeleteOptions.Propagation;
import io.orchestrator.api.meta.OwnerReference;
import io.orchestrator.api.meta.OwnerReferenceBuilder;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.apps.ReplicaSet;
import io.orchestrator.api.model.core.Namespace;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.ReplicationController;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.testkit.junit.Conformance;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeletionConformanceSimTest {
    @TempDir
    Path directory;

    private ConformingCluster cluster;

    @BeforeEach
    void start() {
        cluster = new ConformingCluster(directory);
    }

    @AfterEach
    void stop() throws Exception {
        cluster.close();
    }

    @Test
    @Conformance("[sig-api-machinery] Garbage collector should delete pods created by rc when not orphaning")
    void podsGoWithTheirController() {
        cluster.client.create(Samples.controller("web", 2));
        cluster.settle();
        deleteController(Propagation.BACKGROUND);
        cluster.settle();
        assertThat(cluster.pods()).isEmpty();
    }

    @Test
    @Conformance("[sig-api-machinery] Garbage collector should orphan pods created by rc if delete options say so")
    void podsStayWhenTheyAreToBeOrphans() {
        cluster.client.create(Samples.controller("web", 2));
        cluster.settle();
        deleteController(Propagation.ORPHAN);
        cluster.advance(Duration.ofMinutes(2));
        assertThat(cluster.all(ReplicationController.TYPE)).isEmpty();
        assertThat(cluster.pods())
                .hasSize(2)
                .allMatch(pod -> pod.metadata().ownerReferences().isEmpty());
    }

    @Test
    @Conformance("[sig-api-machinery] Garbage collector should keep the rc around until all its pods are deleted if the"
            + " deleteOptions says so")
    void inTheForegroundTheControllerGoesLast() {
        cluster.client.create(Samples.controller("web", 2));
        cluster.settle();
        cluster.whole.sim().invariant("the controller outlives its pods", Pod.TYPE, client -> {
            if (!client.pods().list().items().isEmpty()) {
                assertThat(client.resources(ReplicationController.TYPE).list().items())
                        .isNotEmpty();
            }
        });
        deleteController(Propagation.FOREGROUND);
        cluster.settle();
        assertThat(cluster.pods()).isEmpty();
        assertThat(cluster.all(ReplicationController.TYPE)).isEmpty();
    }

    @Test
    @Conformance("[sig-api-machinery] Garbage collector should delete RS created by deployment when not orphaning")
    void aSetGoesWithItsDeployment() {
        cluster.client.create(web());
        cluster.settle();
        cluster.client.deployments().delete("web");
        cluster.settle();
        assertThat(cluster.all(ReplicaSet.TYPE)).isEmpty();
        assertThat(cluster.pods()).isEmpty();
    }

    @Test
    @Conformance("[sig-api-machinery] Garbage collector should orphan RS created by deployment when"
            + " deleteOptions.PropagationPolicy is Orphan")
    void aSetStaysWhenItIsToBeAnOrphan() {
        cluster.client.create(web());
        cluster.settle();
        cluster.client.deployments().delete("web", DeleteOptions.defaults().propagate(Propagation.ORPHAN));
        cluster.settle();
        assertThat(cluster.all(ReplicaSet.TYPE))
                .singleElement()
                .matches(set -> set.metadata().ownerReferences().isEmpty());
        assertThat(cluster.active()).hasSize(1);
    }

    @Test
    @Conformance(
            "[sig-api-machinery] Garbage collector should not delete dependents that have both valid owner and owner"
                    + " that's waiting for dependents to be deleted")
    void aPodWithASecondOwnerStays() {
        cluster.client.create(Samples.controller("going", 2));
        ReplicationController staying = cluster.client.create(Samples.controller("staying", 0));
        cluster.settle();
        String shared = cluster.names().get(0);
        cluster.client
                .pods()
                .edit(
                        shared,
                        pod -> own(
                                pod,
                                OwnerReferenceBuilder.builder(
                                                OwnerReference.controller(ReplicationController.TYPE, staying))
                                        .controller(null)
                                        .build()));
        cluster.client
                .resources(ReplicationController.TYPE)
                .delete("going", DeleteOptions.defaults().propagate(Propagation.FOREGROUND));
        cluster.settle();
        assertThat(cluster.names()).containsExactly(shared);
        assertThat(cluster.get(Pod.TYPE, shared).metadata().ownerReferences())
                .extracting(OwnerReference::name)
                .containsExactly("staying");
    }

    @Test
    @Conformance("[sig-api-machinery] Garbage collector should not be blocked by dependency circle")
    void podsThatOwnEachOtherGo() {
        for (String name : List.of("a", "b", "c")) {
            cluster.client.create(Pod.named(name).container("web", "app:1").build());
        }
        cluster.settle();
        ownedBy("a", "c");
        ownedBy("b", "a");
        ownedBy("c", "b");
        cluster.client.pods().delete("a", DeleteOptions.defaults().propagate(Propagation.FOREGROUND));
        cluster.settle();
        assertThat(cluster.pods()).isEmpty();
    }

    @Test
    @Conformance({
        "[sig-api-machinery] Namespaces [Serial] should ensure that all pods are removed when a namespace is deleted",
        "[sig-api-machinery] Namespaces [Serial] should ensure that all services are removed when a namespace is deleted"
    })
    void nothingOfANamespaceIsLeft() {
        cluster.client.create(Namespace.named("shop").build());
        cluster.settle();
        var shop = cluster.client.inNamespace("shop");
        shop.create(Pod.named("web").container("web", "app:1").build());
        shop.create(Service.named("web").selects("app", "web").port(80).build());
        cluster.settle();
        cluster.client.namespaces().delete("shop");
        cluster.settle();
        assertThat(cluster.client.namespaces().find("shop")).isEmpty();
        cluster.client.create(Namespace.named("shop").build());
        cluster.settle();
        assertThat(shop.pods().list().items()).isEmpty();
        assertThat(shop.services().list().items()).isEmpty();
    }

    private void deleteController(Propagation propagation) {
        cluster.client
                .resources(ReplicationController.TYPE)
                .delete("web", DeleteOptions.defaults().propagate(propagation));
    }

    private void ownedBy(String pod, String owner) {
        OwnerReference reference = OwnerReference.controller(Pod.TYPE, cluster.get(Pod.TYPE, owner));
        cluster.client.pods().edit(pod, each -> own(each, reference));
    }

    private static Pod own(Pod pod, OwnerReference owner) {
        List<OwnerReference> owners = new ArrayList<>(pod.metadata().ownerReferences());
        owners.add(owner);
        return pod.withMetadata(pod.metadata().withOwnerReferences(owners));
    }

    private static Deployment web() {
        return Deployment.named("web").replicas(1).container("web", "app:1").build();
    }
}
