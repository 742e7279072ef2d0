package io.orchestrator.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.client.Patch;
import io.orchestrator.api.client.Target;
import io.orchestrator.api.client.WriteOptions;
import io.orchestrator.api.model.apps.StatefulSet;
import io.orchestrator.api.model.autoscaling.Scale;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.control.pods.PodFacts;
import io.orchestrator.testkit.junit.Conformance;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatefulSetConformanceSimTest extends OnConformingCluster {
    private static final List<String> NAMES = List.of("ss-0", "ss-1", "ss-2");

    @BeforeEach
    void withItsService() {
        cluster.create("""
                apiVersion: v1
                kind: Service
                metadata: {name: peers}
                spec: {clusterIP: None, selector: {app: ss}, ports: [{port: 80}]}
                """);
    }

    @Test
    @Conformance("[sig-apps] StatefulSet Basic should perform rolling updates and roll backs of template modifications")
    void aRollOutGoesFromTheHighestNumberDownWaitsForTheBrokenAndCanBeUndone() {
        create(3, "");
        StatefulSet before = set();
        String first = before.status().currentRevision();
        assertThat(before.status().updateRevision()).isEqualTo(first);
        assertThat(revisions()).containsExactly(first, first, first);

        String second = rollPastABrokenPod("app:2");
        assertThat(second).isNotEqualTo(first);
        String third = rollPastABrokenPod("app:1");
        assertThat(third).as("the old template is the old revision").isEqualTo(first);
    }

    /** Changes the image while pod 1 is broken; returns the revision that all pods have once it is mended. */
    private String rollPastABrokenPod(String image) {
        String old = set().status().currentRevision();
        cluster.breakProbe("ss-1");
        cluster.advance(Duration.ofMinutes(1));
        assertThat(pod(1)).matches(pod -> !PodFacts.isReady(pod));
        List<String> seen = cluster.watch(Pod.TYPE, "app=ss");
        setImage(image);
        cluster.settle();
        String update = set().status().updateRevision();
        assertThat(set().status().currentRevision()).isEqualTo(old).isNotEqualTo(update);
        assertThat(revision(pod(0))).as("not before its successor is well").isEqualTo(old);
        cluster.mendProbe("ss-1");
        cluster.settle();
        assertThat(images()).containsOnly(image);
        assertThat(revisions()).containsOnly(update);
        assertThat(set().status().currentRevision()).isEqualTo(update);
        assertThat(seen.stream().filter(event -> event.startsWith("DELETED")))
                .as("the broken one is no loss, the others go from the highest down")
                .hasSize(3)
                .containsSubsequence("DELETED ss-2", "DELETED ss-0");
        return update;
    }

    @Test
    @Conformance("[sig-apps] StatefulSet Basic should perform canary updates and phased rolling updates of template"
            + " modifications")
    void thePartitionDecidesWhichPodsAreNew() {
        create(3, "updateStrategy: {type: RollingUpdate, rollingUpdate: {partition: 3}}");
        String old = set().status().currentRevision();
        setImage("app:2");
        cluster.settle();
        String update = set().status().updateRevision();
        assertThat(update).isNotEqualTo(old);
        assertThat(images()).as("nothing is beyond the partition").containsOnly("app:1");
        assertThat(revisions()).containsOnly(old);

        partition(2);
        cluster.settle();
        assertThat(images()).as("a canary").containsExactly("app:1", "app:1", "app:2");
        assertThat(revisions()).containsExactly(old, old, update);
        cluster.client.pods().delete("ss-0");
        cluster.client.pods().delete("ss-2");
        cluster.settle();
        assertThat(images()).as("each comes back as it was").containsExactly("app:1", "app:1", "app:2");
        assertThat(revisions()).containsExactly(old, old, update);

        partition(1);
        cluster.settle();
        assertThat(images()).containsExactly("app:1", "app:2", "app:2");
        partition(0);
        cluster.settle();
        assertThat(images()).containsOnly("app:2");
        assertThat(revisions()).containsOnly(update);
        assertThat(set().status().currentRevision()).isEqualTo(update);
    }

    @Test
    @Conformance(
            "[sig-apps] StatefulSet Basic Scaling should happen in predictable order and halt if any stateful pod is"
                    + " unhealthy [Slow]")
    void scalingGoesInOrderAndWaitsForTheBroken() {
        List<String> seen = cluster.watch(Pod.TYPE, "app=ss");
        cluster.breakProbe("ss-0");
        create(1, "");
        assertThat(pod(0)).matches(pod -> !PodFacts.isReady(pod));
        scale(3);
        cluster.advance(Duration.ofMinutes(5));
        assertThat(cluster.names()).containsExactly("ss-0");
        cluster.mendProbe("ss-0");
        cluster.settle();
        assertThat(set().status().readyReplicas()).isEqualTo(3);
        assertThat(seen.stream().filter(event -> event.startsWith("ADDED")))
                .containsExactly("ADDED ss-0", "ADDED ss-1", "ADDED ss-2");

        NAMES.forEach(cluster::breakProbe);
        cluster.advance(Duration.ofMinutes(1));
        assertThat(set().status().readyReplicas()).isZero();
        scale(0);
        cluster.advance(Duration.ofMinutes(5));
        assertThat(cluster.names()).as("the broken halt it").hasSize(3);
        NAMES.forEach(cluster::mendProbe);
        cluster.settle();
        assertThat(cluster.pods()).isEmpty();
        assertThat(seen.stream().filter(event -> event.startsWith("DELETED")))
                .containsExactly("DELETED ss-2", "DELETED ss-1", "DELETED ss-0");
    }

    @Test
    @Conformance("[sig-apps] StatefulSet Basic Burst scaling should run to completion even with unhealthy pods [Slow]")
    void scalingInParallelWaitsForNobody() {
        cluster.breakProbe("ss-0");
        create(1, "podManagementPolicy: Parallel");
        assertThat(pod(0)).matches(pod -> !PodFacts.isReady(pod));
        scale(3);
        cluster.settle();
        assertThat(cluster.names()).containsExactlyElementsOf(NAMES);
        assertThat(set().status().readyReplicas()).isEqualTo(2);
        NAMES.forEach(cluster::breakProbe);
        cluster.advance(Duration.ofMinutes(1));
        assertThat(set().status().readyReplicas()).isZero();
        scale(0);
        cluster.settle();
        assertThat(cluster.pods()).isEmpty();
        assertThat(set().status().replicas()).isZero();
    }

    @Test
    @Conformance("[sig-apps] StatefulSet Basic Should recreate evicted statefulset")
    void aPodThatItsNodeRefusesIsMadeAgainUntilThereIsRoom() {
        cluster.create("""
                apiVersion: v1
                kind: Pod
                metadata: {name: taker}
                spec:
                  nodeName: node-1
                  containers: [{name: c, image: 'app:1', ports: [{containerPort: 21017, hostPort: 21017}]}]
                """);
        cluster.settle();
        List<String> seen = cluster.watch(Pod.TYPE, "app=ss");
        cluster.create("""
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: ss}
                spec:
                  replicas: 1
                  serviceName: peers
                  selector: {matchLabels: {app: ss}}
                  template:
                    metadata: {labels: {app: ss}}
                    spec:
                      nodeName: node-1
                      containers: [{name: c, image: 'app:1', ports: [{containerPort: 21017, hostPort: 21017}]}]
                """);
        cluster.advance(Duration.ofMinutes(2));
        assertThat(seen).as("deleted and made again").contains("DELETED ss-0");
        String uid = pod(0).metadata().uid();
        cluster.client.pods().delete("taker");
        cluster.settle();
        assertThat(pod(0)).matches(PodFacts::isReady);
        assertThat(pod(0).status().phase()).isEqualTo("Running");
        assertThat(pod(0).metadata().uid()).isNotEqualTo(uid);
    }

    @Test
    @Conformance("[sig-apps] StatefulSet Basic should have a working scale subresource")
    void aSetIsScaledByItsSubresource() {
        create(1, "");
        var sets = cluster.client.resources(StatefulSet.TYPE);
        Scale scale = sets.getSubresource("ss", "scale", Scale.class);
        assertThat(scale.spec().replicas()).isEqualTo(1);
        assertThat(scale.status().replicas()).isEqualTo(1);
        assertThat(scale.status().selector()).isEqualTo("app=ss");
        Scale two = sets.updateSubresource(
                "ss", "scale", scale.withSpec(scale.spec().withReplicas(2)));
        assertThat(two.spec().replicas()).isEqualTo(2);
        assertThat(set().spec().replicas()).isEqualTo(2);
        cluster.client
                .transport()
                .patch(
                        Target.object(StatefulSet.TYPE, "default", "ss").subresource("scale"),
                        Patch.merge("{\"spec\":{\"replicas\":4}}"),
                        Scale.class,
                        WriteOptions.defaults());
        assertThat(set().spec().replicas()).isEqualTo(4);
        cluster.settle();
        assertThat(set().status().readyReplicas()).isEqualTo(4);
    }

    @Test
    @Conformance("[sig-apps] StatefulSet Basic should list, patch and delete a collection of StatefulSets")
    void setsAreListedPatchedAndDeletedTogether() {
        create(1, "");
        assertThat(cluster.client
                        .resources(StatefulSet.TYPE)
                        .inAnyNamespace()
                        .list(ListOptions.all().labels("e2e=ss"))
                        .items())
                .hasSize(1);
        StatefulSet patched = cluster.client
                .resources(StatefulSet.TYPE)
                .patch(
                        "ss",
                        Patch.strategic("{\"metadata\":{\"labels\":{\"test\":\"patched\"}},\"spec\":{\"replicas\":2,"
                                + "\"template\":{\"spec\":{\"terminationGracePeriodSeconds\":0,"
                                + "\"containers\":[{\"name\":\"c\",\"image\":\"app:2\"}]}}}}"));
        assertThat(patched.metadata().labels()).containsEntry("test", "patched");
        cluster.settle();
        assertThat(images()).containsExactly("app:2", "app:2");
        assertThat(set().status().readyReplicas()).isEqualTo(2);
        cluster.deleteAll(StatefulSet.TYPE, "test=patched");
        cluster.settle();
        assertThat(cluster.all(StatefulSet.TYPE)).isEmpty();
        assertThat(cluster.pods()).isEmpty();
    }

    @Test
    @Conformance("[sig-apps] StatefulSet Basic should validate Statefulset Status endpoints")
    void theStatusOfASetIsAPartOfItsOwn() {
        create(1, "");
        var sets = cluster.client.resources(StatefulSet.TYPE);
        assertThat(sets.getSubresource("ss", "status", StatefulSet.class)
                        .status()
                        .readyReplicas())
                .isEqualTo(1);
        List<String> seen = cluster.watch(StatefulSet.TYPE, "e2e=ss");
        StatefulSet now = set();
        long generation = now.metadata().generation();
        StatefulSet updated = sets.updateStatus(now.withSpec(now.spec().withReplicas(7))
                .withStatus(now.status()
                        .withConditions(cluster.mergeStatus(
                                        StatefulSet.TYPE,
                                        "ss",
                                        "{'status':{'conditions':[{'type':'StatusUpdate','status':'True'}]}}")
                                .status()
                                .conditions()))
                .withMetadata(now.metadata().withResourceVersion("")));
        assertThat(cluster.is("StatusUpdate", updated)).isTrue();
        assertThat(updated.spec().replicas())
                .as("its spec is not written there")
                .isEqualTo(1);
        StatefulSet patched = cluster.mergeStatus(
                StatefulSet.TYPE, "ss", "{'status':{'conditions':[{'type':'StatusPatched','status':'True'}]}}");
        assertThat(cluster.is("StatusPatched", patched)).isTrue();
        cluster.settle();
        assertThat(seen).contains("MODIFIED ss");
        assertThat(set().metadata().generation()).isEqualTo(generation);
        assertThat(cluster.is("StatusPatched", set()))
                .as("the controller leaves what is not its own")
                .isTrue();
    }

    private void create(int replicas, String more) {
        cluster.create("""
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: ss, labels: {e2e: ss}}
                spec:
                  replicas: %d
                  serviceName: peers
                  selector: {matchLabels: {app: ss}}
                  template:
                    metadata: {labels: {app: ss}}
                    spec:
                      containers:
                      - {name: c, image: 'app:1', readinessProbe: {httpGet: {port: 80}, periodSeconds: 1}}
                  %s
                """.formatted(replicas, more));
        cluster.settle();
    }

    private StatefulSet set() {
        return cluster.get(StatefulSet.TYPE, "ss");
    }

    private Pod pod(int index) {
        return cluster.get(Pod.TYPE, "ss-" + index);
    }

    private List<String> images() {
        return byIndex(pod -> pod.spec().containers().get(0).image());
    }

    private List<String> revisions() {
        return byIndex(StatefulSetConformanceSimTest::revision);
    }

    private static String revision(Pod pod) {
        return Objects.requireNonNull(pod.metadata().labels().get("controller-revision-hash"));
    }

    private List<String> byIndex(Function<Pod, String> what) {
        return IntStream.range(0, set().spec().replicas())
                .mapToObj(this::pod)
                .map(what)
                .toList();
    }

    private void scale(int replicas) {
        cluster.merge(StatefulSet.TYPE, "ss", "{'spec':{'replicas':" + replicas + "}}");
    }

    private void partition(int number) {
        cluster.merge(
                StatefulSet.TYPE, "ss", "{'spec':{'updateStrategy':{'rollingUpdate':{'partition':" + number + "}}}}");
    }

    private void setImage(String image) {
        cluster.client
                .resources(StatefulSet.TYPE)
                .patch(
                        "ss",
                        Patch.strategic(
                                "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\""
                                        + image + "\"}]}}}}"));
    }
}
