package io.orchestrator.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.client.Patch;
import io.orchestrator.api.meta.OwnerReference;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.apps.ReplicaSet;
import io.orchestrator.api.model.autoscaling.Scale;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.ReplicationController;
import io.orchestrator.core.control.pods.PodFacts;
import io.orchestrator.testkit.junit.Conformance;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplicaConformanceSimTest {
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
    @Conformance("[sig-apps] Deployment RollingUpdateDeployment should delete old pods and create new ones")
    void aRollOutTakesOverTheSetThatWasThereAndReplacesItsPods() {
        ReplicaSet left = ReplicaSet.named("old")
                .replicas(1)
                .podLabel("app", "web")
                .container("web", "app:1")
                .build();
        cluster.client.create(left.withMetadata(left.metadata().withLabels(Map.of("app", "web")))
                .withSpec(left.spec().withSelector(web(1, "app:1").spec().selector())));
        cluster.settle();
        cluster.client.create(web(1, "app:2"));
        cluster.settle();
        assertThat(cluster.images()).containsExactly("app:2");
        ReplicaSet old = cluster.get(ReplicaSet.TYPE, "old");
        assertThat(old.spec().replicas()).isZero();
        assertThat(old.metadata().ownerReferences())
                .extracting(OwnerReference::kind)
                .containsExactly("Deployment");
        assertThat(cluster.all(ReplicaSet.TYPE)).hasSize(2);
    }

    @Test
    @Conformance("[sig-apps] Deployment RecreateDeployment should delete old pods and create new ones")
    void recreatingNeverRunsOldAndNewTogether() {
        cluster.client.create(Deployment.named("web")
                .replicas(2)
                .recreate()
                .container("web", "app:1")
                .build());
        cluster.settle();
        cluster.whole
                .sim()
                .invariant(
                        "one image at a time",
                        Pod.TYPE,
                        client -> assertThat(client.pods().list().items().stream()
                                        .filter(pod -> pod.status().phase().equals("Running"))
                                        .map(pod ->
                                                pod.spec().containers().get(0).image())
                                        .distinct())
                                .hasSizeLessThanOrEqualTo(1));
        setImage("app:2");
        cluster.settle();
        assertThat(cluster.images()).containsExactly("app:2", "app:2");
    }

    @Test
    @Conformance("[sig-apps] Deployment deployment should delete old replica sets")
    void setsBeyondTheHistoryGo() {
        cluster.client.create(Deployment.named("web")
                .replicas(1)
                .revisionHistoryLimit(0)
                .container("web", "app:1")
                .build());
        cluster.settle();
        setImage("app:2");
        cluster.settle();
        assertThat(cluster.all(ReplicaSet.TYPE)).hasSize(1);
        assertThat(cluster.images()).containsExactly("app:2");
    }

    @Test
    @Conformance("[sig-apps] Deployment deployment should support rollover")
    void aRollOutThatIsStuckIsPassedOver() {
        cluster.client.create(web(3, "app:1"));
        cluster.settle();
        setImage("broken:1");
        cluster.advance(Duration.ofMinutes(1));
        assertThat(cluster.images()).contains("broken:1");
        setImage("app:2");
        cluster.settle();
        assertThat(cluster.images()).containsOnly("app:2").hasSize(3);
        assertThat(cluster.all(ReplicaSet.TYPE).stream()
                        .filter(set -> set.status().replicas() > 0))
                .hasSize(1);
    }

    @Test
    @Conformance("[sig-apps] Deployment deployment should support proportional scaling")
    void aScaleDuringARollOutIsSharedInProportion() {
        cluster.client.create(Deployment.named("web")
                .replicas(10)
                .maxSurge(3)
                .maxUnavailable(2)
                .container("web", "app:1")
                .build());
        cluster.settle();
        setImage("broken:1");
        cluster.advance(Duration.ofMinutes(1));
        assertThat(sizes()).containsExactlyInAnyOrder(8, 5);
        cluster.client.deployments().scale("web", 30);
        cluster.advance(Duration.ofMinutes(1));
        assertThat(sizes()).as("of 33 in proportion of 8 to 5").containsExactlyInAnyOrder(20, 13);
    }

    @Test
    @Conformance("[sig-apps] Deployment Deployment should have a working scale subresource")
    void aDeploymentIsScaledByItsSubresource() {
        cluster.client.create(web(1, "app:1"));
        cluster.settle();
        Scale scale = cluster.client.deployments().scale("web");
        assertThat(scale.spec().replicas()).isEqualTo(1);
        cluster.client.deployments().scale("web", 2);
        cluster.settle();
        assertThat(cluster.active()).hasSize(2);
        assertThat(cluster.client.deployments().scale("web").status().replicas())
                .isEqualTo(2);
    }

    @Test
    @Conformance({
        "[sig-apps] Deployment should run the lifecycle of a Deployment",
        "[sig-apps] Deployment should validate Deployment Status endpoints"
    })
    void aDeploymentIsMadePatchedReadAndDeletedAndItsStatusIsAPartOfItsOwn() {
        cluster.client.create(web(1, "app:1"));
        cluster.settle();
        cluster.merge(Deployment.TYPE, "web", "{'metadata':{'labels':{'tier':'front'}},'spec':{'replicas':2}}");
        cluster.settle();
        Deployment web = cluster.get(Deployment.TYPE, "web");
        assertThat(web.status().availableReplicas()).isEqualTo(2);
        assertThat(web.metadata().labels()).containsEntry("tier", "front");
        Deployment status = cluster.client
                .deployments()
                .patchStatus(
                        "web",
                        Patch.merge("{\"status\":{\"conditions\":[{\"type\":\"StatusPatched\",\"status\":\"True\"}]},"
                                + "\"spec\":{\"replicas\":9}}"));
        assertThat(status.spec().replicas()).isEqualTo(2);
        assertThat(status.status().conditions())
                .anyMatch(condition -> condition.type().equals("StatusPatched"));
        assertThat(cluster.client
                        .deployments()
                        .list(ListOptions.all().labels("tier=front"))
                        .items())
                .hasSize(1);
        cluster.client.deployments().deleteAll(ListOptions.all().labels("tier=front"), DeleteOptions.defaults());
        cluster.settle();
        assertThat(cluster.all(Deployment.TYPE)).isEmpty();
        assertThat(cluster.pods()).isEmpty();
    }

    @Test
    @Conformance({
        "[sig-apps] ReplicaSet should adopt matching pods on creation and release no longer matching pods",
        "[sig-apps] ReplicaSet should serve a basic image on each replica with a public image"
    })
    void aSetAdoptsWhatFitsAndLetsGoOfWhatNoLongerDoes() {
        cluster.client.create(
                Pod.named("stray").label("app", "web").container("web", "app:1").build());
        cluster.client.create(set(2));
        cluster.settle();
        assertThat(cluster.pods()).hasSize(2).allMatch(PodFacts::isReady);
        assertThat(owners("stray")).containsExactly("web");
        cluster.merge(Pod.TYPE, "stray", "{'metadata':{'labels':{'app':'other'}}}");
        cluster.settle();
        assertThat(owners("stray")).isEmpty();
        assertThat(cluster.pods()).hasSize(3);
    }

    @Test
    @Conformance({
        "[sig-apps] ReplicaSet Replicaset should have a working scale subresource",
        "[sig-apps] ReplicaSet Replace and Patch tests"
    })
    void aSetIsScaledReplacedAndPatched() {
        cluster.client.create(set(1));
        cluster.settle();
        cluster.client.replicaSets().scale("web", 2);
        cluster.settle();
        assertThat(cluster.client.replicaSets().scale("web").status().replicas())
                .isEqualTo(2);
        ReplicaSet now = cluster.get(ReplicaSet.TYPE, "web");
        cluster.client.replicaSets().update(now.withSpec(now.spec().withReplicas(3)));
        cluster.settle();
        assertThat(cluster.active()).hasSize(3);
        cluster.merge(ReplicaSet.TYPE, "web", "{'metadata':{'labels':{'patched':'yes'}},'spec':{'replicas':1}}");
        cluster.settle();
        assertThat(cluster.active()).hasSize(1);
        assertThat(cluster.get(ReplicaSet.TYPE, "web").metadata().labels()).containsEntry("patched", "yes");
    }

    @Test
    @Conformance({
        "[sig-apps] ReplicaSet should list and delete a collection of ReplicaSets",
        "[sig-apps] ReplicaSet should validate Replicaset Status endpoints"
    })
    void setsAreDeletedTogetherAndTheirStatusIsAPartOfItsOwn() {
        cluster.client.create(set(1));
        cluster.settle();
        ReplicaSet patched = cluster.client
                .replicaSets()
                .patchStatus(
                        "web",
                        Patch.merge(
                                "{\"status\":{\"conditions\":[{\"type\":\"StatusPatched\",\"status\":\"True\"}]}}"));
        assertThat(patched.status().conditions())
                .anyMatch(condition -> condition.type().equals("StatusPatched"));
        cluster.client.replicaSets().deleteAll(ListOptions.all().labels("app=web"), DeleteOptions.defaults());
        cluster.settle();
        assertThat(cluster.all(ReplicaSet.TYPE)).isEmpty();
        assertThat(cluster.pods()).isEmpty();
    }

    @Test
    @Conformance({
        "[sig-apps] ReplicationController should adopt matching pods on creation",
        "[sig-apps] ReplicationController should release no longer matching pods",
        "[sig-apps] ReplicationController should serve a basic image on each replica with a public image"
    })
    void aControllerAdoptsAndReleasesAsASetDoes() {
        cluster.client.create(
                Pod.named("stray").label("app", "web").container("web", "app:1").build());
        cluster.client.create(Samples.controller("web", 2));
        cluster.settle();
        assertThat(cluster.pods()).hasSize(2).allMatch(PodFacts::isReady);
        assertThat(owners("stray")).containsExactly("web");
        cluster.merge(Pod.TYPE, "stray", "{'metadata':{'labels':{'app':'other'}}}");
        cluster.settle();
        assertThat(owners("stray")).isEmpty();
        assertThat(cluster.pods()).hasSize(3);
    }

    @Test
    @Conformance({
        "[sig-apps] ReplicationController should surface a failure condition on a common issue like exceeded quota"
    })
    void aControllerSaysThatAQuotaHoldsItBack() {
        cluster.client.create(Samples.quota("two", Map.of("pods", "2")));
        cluster.settle();
        cluster.client.create(Samples.controller("web", 3));
        cluster.advance(Duration.ofMinutes(2));
        assertThat(cluster.get(ReplicationController.TYPE, "web").status().conditions())
                .anyMatch(condition -> condition.type().equals("ReplicaFailure"));
        cluster.merge(ReplicationController.TYPE, "web", "{'spec':{'replicas':2}}");
        cluster.advance(Duration.ofMinutes(20));
        assertThat(cluster.active()).hasSize(2);
        assertThat(cluster.get(ReplicationController.TYPE, "web").status().conditions())
                .isEmpty();
    }

    @Test
    @Conformance({
        "[sig-apps] ReplicationController should get and update a ReplicationController scale",
        "[sig-apps] ReplicationController should test the lifecycle of a ReplicationController"
    })
    void aControllerIsScaledPatchedAndDeleted() {
        cluster.client.create(Samples.controller("web", 1));
        cluster.settle();
        var controllers = cluster.client.resources(ReplicationController.TYPE);
        Scale scale = controllers.getSubresource("web", "scale", Scale.class);
        assertThat(scale.spec().replicas()).isEqualTo(1);
        controllers.updateSubresource(
                "web", "scale", scale.withSpec(scale.spec().withReplicas(2)));
        cluster.settle();
        assertThat(controllers.get("web").status().readyReplicas()).isEqualTo(2);
        cluster.merge(ReplicationController.TYPE, "web", "{'metadata':{'labels':{'patched':'yes'}}}");
        controllers.patchStatus("web", Patch.merge("{\"status\":{\"readyReplicas\":0}}"));
        cluster.settle();
        assertThat(controllers.get("web").status().readyReplicas()).isEqualTo(2);
        controllers.deleteAll(ListOptions.all().labels("patched=yes"), DeleteOptions.defaults());
        cluster.settle();
        assertThat(cluster.pods()).isEmpty();
    }

    private List<String> owners(String pod) {
        return cluster.get(Pod.TYPE, pod).metadata().ownerReferences().stream()
                .map(OwnerReference::name)
                .toList();
    }

    private List<Integer> sizes() {
        return cluster.all(ReplicaSet.TYPE).stream()
                .map(set -> set.spec().replicas())
                .toList();
    }

    private void setImage(String image) {
        cluster.client
                .deployments()
                .patch(
                        "web",
                        Patch.strategic(
                                "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"web\",\"image\":\""
                                        + image + "\"}]}}}}"));
    }

    private static Deployment web(int replicas, String image) {
        return Deployment.named("web")
                .replicas(replicas)
                .container("web", image)
                .build();
    }

    private static ReplicaSet set(int replicas) {
        return ReplicaSet.named("web")
                .replicas(replicas)
                .label("app", "web")
                .container("web", "app:1")
                .build();
    }
}
