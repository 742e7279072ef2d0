package io.orchestrator.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.model.apps.ReplicaSet;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.control.pods.PodFacts;
import io.orchestrator.testkit.junit.Conformance;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchedulingConformanceSimTest extends OnConformingCluster {
    @Test
    @Conformance(
            "[sig-scheduling] SchedulerPredicates [Serial] validates resource limits of pods that are allowed to run")
    void aPodForWhichNoNodeHasEnoughLeftWaits() {
        for (int node = 1; node <= 3; node++) {
            pod("filler-" + node, "nodeSelector: {kubernetes.io/hostname: node-" + node + "}", "cpu: 1400m");
        }
        cluster.settle();
        assertThat(cluster.active()).allMatch(PodFacts::isReady);
        pod("one-more", "", "cpu: '1'");
        cluster.settle();
        assertThat(node("one-more")).isEmpty();
        assertThat(cluster.eventsOf("one-more"))
                .anyMatch(event -> event.startsWith("FailedScheduling: 0/3 nodes are available: 3 Insufficient cpu."));
        cluster.client.pods().delete("filler-2");
        cluster.settle();
        assertThat(node("one-more")).isEqualTo("node-2");
    }

    @Test
    @Conformance(
            "[sig-scheduling] SchedulerPredicates [Serial] validates that NodeSelector is respected if not matching")
    void aPodWhoseSelectorNoNodeHasWaits() {
        pod("picky", "nodeSelector: {label: nonempty}", "");
        cluster.settle();
        assertThat(node("picky")).isEmpty();
        assertThat(cluster.eventsOf("picky"))
                .anyMatch(event -> event.startsWith("FailedScheduling: 0/3 nodes are available: 3 node(s) didn't match"
                        + " Pod's node affinity/selector."));
    }

    @Test
    @Conformance("[sig-scheduling] SchedulerPredicates [Serial] validates that NodeSelector is respected if matching")
    void aPodGoesWhereItsSelectorSays() {
        cluster.merge(Node.TYPE, "node-3", "{'metadata':{'labels':{'kubernetes.io/e2e':'42'}}}");
        cluster.settle();
        pod("picky", "nodeSelector: {kubernetes.io/e2e: '42'}", "");
        cluster.settle();
        assertThat(node("picky")).isEqualTo("node-3");
        assertThat(cluster.get(Pod.TYPE, "picky")).matches(PodFacts::isReady);
    }

    @Test
    @Conformance("[sig-scheduling] SchedulerPredicates [Serial] validates conflict between pods with same hostPort and"
            + " protocol but one using 0.0.0.0 hostIP")
    void aPortThatIsTakenOnAllAddressesIsTakenOnEach() {
        String here = "nodeSelector: {kubernetes.io/hostname: node-1}";
        withPort("all", here, "hostIP: 0.0.0.0, hostPort: 54322");
        cluster.settle();
        assertThat(node("all")).isEqualTo("node-1");
        withPort("one", here, "hostIP: 127.0.0.1, hostPort: 54322");
        cluster.settle();
        assertThat(node("one")).isEmpty();
        assertThat(cluster.eventsOf("one"))
                .anyMatch(event -> event.contains("1 node(s) didn't have free ports for the requested pod ports"));
        withPort("other", here, "hostIP: 127.0.0.1, hostPort: 54322, protocol: UDP");
        cluster.settle();
        assertThat(node("other")).as("another protocol is another port").isEqualTo("node-1");
    }

    @Test
    @Conformance("[sig-scheduling] SchedulerPreemption [Serial] validates basic preemption works")
    void aMoreImportantPodTakesThePlaceOfTheLeastImportant() {
        priorities();
        fill("p1", "p2");
        String place = node("low");
        pod("high", "priorityClassName: p3", "cpu: 1500m");
        cluster.settle();
        assertThat(cluster.names()).containsExactlyInAnyOrder("high", "medium-2", "medium-3");
        assertThat(node("high")).isEqualTo(place);
        assertThat(cluster.get(Pod.TYPE, "high")).matches(PodFacts::isReady);
    }

    @Test
    @Conformance(
            "[sig-scheduling] SchedulerPreemption [Serial] validates lower priority pod preemption by critical pod")
    void aCriticalPodTakesThePlaceOfAnother() {
        priorities();
        fill("p1", "p2");
        cluster.create("""
                apiVersion: v1
                kind: Pod
                metadata: {name: critical, namespace: kube-system}
                spec:
                  priorityClassName: system-cluster-critical
                  containers: [{name: c, image: 'app:1', resources: {requests: {cpu: 1500m}, limits: {cpu: 1500m}}}]
                """);
        cluster.settle();
        Pod critical = cluster.client.pods().inNamespace("kube-system").get("critical");
        assertThat(critical).matches(PodFacts::isReady);
        assertThat(critical.spec().priority()).isEqualTo(2_000_000_000);
        assertThat(cluster.names()).containsExactlyInAnyOrder("medium-2", "medium-3");
    }

    @Test
    @Conformance("[sig-scheduling] SchedulerPreemption [Serial] validates pod disruption condition is added to the"
            + " preempted pod")
    void whatIsPreemptedSaysSo() {
        priorities();
        cluster.create("""
                apiVersion: v1
                kind: Pod
                metadata: {name: victim, finalizers: [example.com/test]}
                spec:
                  priorityClassName: p1
                  nodeSelector: {kubernetes.io/hostname: node-1}
                  containers: [{name: c, image: 'app:1', resources: {requests: {cpu: 1500m}}}]
                """);
        cluster.settle();
        pod("preemptor", "priorityClassName: p3, nodeSelector: {kubernetes.io/hostname: node-1}", "cpu: 1500m");
        cluster.settle();
        Pod victim = cluster.get(Pod.TYPE, "victim");
        assertThat(victim.metadata().deletionTimestamp()).isNotNull();
        assertThat(victim.status().condition("DisruptionTarget"))
                .hasValueSatisfying(condition -> assertThat(condition)
                        .matches(each -> each.status().equals("True"))
                        .matches(each -> each.reason().equals("PreemptionByScheduler")));
        cluster.merge(Pod.TYPE, "victim", "{'metadata':{'finalizers':null}}");
        cluster.settle();
        assertThat(node("preemptor")).isEqualTo("node-1");
    }

    @Test
    @Conformance("[sig-scheduling] SchedulerPreemption [Serial] PreemptionExecutionPath runs ReplicaSets to verify"
            + " preemption running path")
    void setsDriveOutThePodsOfLessImportantSets() {
        priorities();
        cluster.mergeStatus(
                Node.TYPE,
                "node-1",
                "{'status':{'capacity':{'example.com/fakecpu':'1k'},'allocatable':{'example.com/fakecpu':'1k'}}}");
        cluster.settle();
        List<String> seen = cluster.watch(Pod.TYPE, "");
        set("rs1", "p1", 200);
        set("rs2", "p2", 200);
        set("rs3", "p3", 450);
        assertThat(cluster.active()).hasSize(3).allMatch(PodFacts::isReady);
        pod("rs-pod4", "priorityClassName: p4", "example.com/fakecpu: '500'");
        cluster.settle();
        assertThat(node("rs-pod4")).isEqualTo("node-1");
        assertThat(ready("rs3")).isEqualTo(1);
        assertThat(ready("rs1") + ready("rs2")).isZero();
        assertThat(seen.stream().filter(event -> event.startsWith("ADDED rs1-")))
                .hasSize(2);
        assertThat(seen.stream().filter(event -> event.startsWith("ADDED rs2-")))
                .hasSize(2);
        assertThat(seen.stream().filter(event -> event.startsWith("ADDED rs3-")))
                .hasSize(1);
    }

    @Test
    @Conformance("[sig-node] NoExecuteTaintManager Single Pod [Serial] removing taint cancels eviction [Disruptive]")
    void aTaintThatIsTakenAwayInTimeEvictsNobody() {
        tolerating("patient", 600);
        cluster.settle();
        assertThat(cluster.get(Pod.TYPE, "patient")).matches(PodFacts::isReady);
        taint();
        cluster.advance(Duration.ofMinutes(5));
        assertThat(cluster.get(Pod.TYPE, "patient").metadata().deletionTimestamp())
                .isNull();
        cluster.merge(Node.TYPE, "node-1", "{'spec':{'taints':null}}");
        cluster.advance(Duration.ofMinutes(30));
        assertThat(cluster.get(Pod.TYPE, "patient").metadata().deletionTimestamp())
                .isNull();
        assertThat(cluster.get(Pod.TYPE, "patient")).matches(PodFacts::isReady);
    }

    @Test
    @Conformance("[sig-node] NoExecuteTaintManager Multiple Pods [Serial] evicts pods with minTolerationSeconds"
            + " [Disruptive]")
    void eachPodIsEvictedWhenItsOwnTimeIsOver() {
        tolerating("hasty", 60);
        tolerating("patient", 600);
        cluster.settle();
        taint();
        cluster.advance(Duration.ofSeconds(50));
        assertThat(cluster.names()).containsExactlyInAnyOrder("hasty", "patient");
        cluster.advance(Duration.ofSeconds(30));
        assertThat(cluster.names()).containsExactly("patient");
        cluster.advance(Duration.ofMinutes(10));
        assertThat(cluster.names()).isEmpty();
    }

    private void taint() {
        cluster.merge(
                Node.TYPE,
                "node-1",
                "{'spec':{'taints':[{'key':'kubernetes.io/e2e-evict-taint-key','value':'evictTaintVal',"
                        + "'effect':'NoExecute'}]}}");
    }

    private void tolerating(String name, int seconds) {
        pod(
                name,
                "nodeSelector: {kubernetes.io/hostname: node-1}, tolerations: [{key: kubernetes.io/e2e-evict-taint-key,"
                        + " value: evictTaintVal, effect: NoExecute, tolerationSeconds: "
                        + seconds + "}]",
                "");
    }

    /** Of four classes, each more important than the one before. */
    private void priorities() {
        for (int i = 1; i <= 4; i++) {
            cluster.create("{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: p" + i
                    + "}, value: " + i + "}");
        }
    }

    /** All nodes, the first with a less important pod than the others. */
    private void fill(String low, String medium) {
        pod("low", "priorityClassName: " + low + ", nodeSelector: {kubernetes.io/hostname: node-1}", "cpu: 1500m");
        for (int node = 2; node <= 3; node++) {
            pod(
                    "medium-" + node,
                    "priorityClassName: " + medium + ", nodeSelector: {kubernetes.io/hostname: node-" + node + "}",
                    "cpu: 1500m");
        }
        cluster.settle();
        assertThat(cluster.active()).hasSize(3).allMatch(PodFacts::isReady);
    }

    private void set(String name, String priority, int fakeCpu) {
        cluster.create("""
                apiVersion: apps/v1
                kind: ReplicaSet
                metadata: {name: %s}
                spec:
                  replicas: 1
                  selector: {matchLabels: {name: %s}}
                  template:
                    metadata: {labels: {name: %s}}
                    spec:
                      priorityClassName: %s
                      containers:
                      - name: c
                        image: app:1
                        resources: {requests: {example.com/fakecpu: %d}, limits: {example.com/fakecpu: %d}}
                """.formatted(name, name, name, priority, fakeCpu, fakeCpu));
        cluster.settle();
    }

    private int ready(String set) {
        return cluster.get(ReplicaSet.TYPE, set).status().readyReplicas();
    }

    private void withPort(String name, String more, String port) {
        cluster.create("{apiVersion: v1, kind: Pod, metadata: {name: " + name + "}, spec: {" + more
                + ", containers: [{name: c, image: 'app:1', ports: [{containerPort: 8080, " + port + "}]}]}}");
    }

    private void pod(String name, String more, String resources) {
        cluster.create("{apiVersion: v1, kind: Pod, metadata: {name: " + name + "}, spec: {"
                + (more.isEmpty() ? "" : more + ", ")
                + "containers: [{name: c, image: 'app:1', resources: {requests: {" + resources + "}, limits: {"
                + resources + "}}}]}}");
    }

    private String node(String pod) {
        return cluster.get(Pod.TYPE, pod).spec().nodeName();
    }
}
