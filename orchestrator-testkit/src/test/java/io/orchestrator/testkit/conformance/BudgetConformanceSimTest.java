package io.orchestrator.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.meta.IntOrString;
import io.orchestrator.api.model.apps.ReplicaSet;
import io.orchestrator.api.model.core.Namespace;
import io.orchestrator.api.model.policy.PodDisruptionBudget;
import io.orchestrator.testkit.junit.Conformance;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BudgetConformanceSimTest extends OnConformingCluster {
    @Test
    @Conformance("[sig-apps] DisruptionController should create a PodDisruptionBudget")
    void aBudgetIsMadeChangedAndDeletedAndEachVersionIsLookedAt() {
        create("default", "minAvailable: 1");
        cluster.settle();
        assertThat(budget().status().observedGeneration()).isEqualTo(1);
        cluster.client
                .resources(PodDisruptionBudget.TYPE)
                .update(budget().withSpec(budget().spec().withMinAvailable(IntOrString.of("50%"))));
        cluster.settle();
        assertThat(budget().status().observedGeneration()).isEqualTo(2);
        PodDisruptionBudget patched =
                cluster.merge(PodDisruptionBudget.TYPE, "budget", "{'spec':{'minAvailable':'3%'}}");
        assertThat(patched.spec().minAvailable()).isEqualTo(IntOrString.of("3%"));
        cluster.settle();
        assertThat(budget().status().observedGeneration()).isEqualTo(3);
        cluster.client.resources(PodDisruptionBudget.TYPE).delete("budget");
        assertThat(cluster.all(PodDisruptionBudget.TYPE)).isEmpty();
    }

    @Test
    @Conformance("[sig-apps] DisruptionController should observe PodDisruptionBudget status updated")
    void aBudgetSaysHowManyPodsMayGo() {
        create("default", "minAvailable: 1");
        pods(3);
        cluster.settle();
        assertThat(budget().status().expectedPods()).isEqualTo(3);
        assertThat(budget().status().currentHealthy()).isEqualTo(3);
        assertThat(budget().status().disruptionsAllowed()).isEqualTo(2);
    }

    @Test
    @Conformance("[sig-apps] DisruptionController should update/patch PodDisruptionBudget status")
    void theStatusOfABudgetIsAPartOfItsOwn() {
        create("default", "minAvailable: 1");
        pods(1);
        cluster.settle();
        var budgets = cluster.client.resources(PodDisruptionBudget.TYPE);
        PodDisruptionBudget patched = cluster.mergeStatus(
                PodDisruptionBudget.TYPE,
                "budget",
                "{'spec':{'minAvailable':7},'status':{'disruptedPods':{'going':'2026-01-01T00:00:00Z'}}}");
        assertThat(patched.status().disruptedPods()).containsOnlyKeys("going");
        assertThat(patched.spec().minAvailable()).isEqualTo(IntOrString.of(1));
        PodDisruptionBudget updated =
                budgets.updateStatus(patched.withStatus(patched.status().withDisruptedPods(Map.of())));
        assertThat(updated.status().disruptedPods()).isEmpty();
        assertThat(budgets.getSubresource("budget", "status", PodDisruptionBudget.class)
                        .status()
                        .disruptedPods())
                .isEmpty();
    }

    @Test
    @Conformance(
            "[sig-apps] DisruptionController Listing PodDisruptionBudgets for all namespaces should list and delete a"
                    + " collection of PodDisruptionBudgets")
    void budgetsAreListedEverywhereAndDeletedTogether() {
        cluster.client.create(Namespace.named("other").build());
        cluster.settle();
        create("default", "minAvailable: 1");
        create("other", "minAvailable: 1");
        cluster.settle();
        var budgets = cluster.client.resources(PodDisruptionBudget.TYPE);
        ListOptions own = ListOptions.all().labels("e2e=budget");
        assertThat(budgets.inAnyNamespace().list(own).items())
                .extracting(budget -> budget.metadata().namespace())
                .containsExactlyInAnyOrder("default", "other");
        cluster.deleteAll(PodDisruptionBudget.TYPE, "e2e=budget");
        assertThat(budgets.inAnyNamespace().list(own).items())
                .extracting(budget -> budget.metadata().namespace())
                .containsExactly("other");
    }

    @Test
    @Conformance("[sig-apps] DisruptionController should block an eviction until the PDB is updated to allow it")
    void anEvictionIsBlockedUntilTheBudgetAllowsIt() {
        create("default", "minAvailable: 3");
        pods(3);
        cluster.settle();
        String first = cluster.names().get(0);
        mustBeBlocked(first);
        cluster.merge(PodDisruptionBudget.TYPE, "budget", "{'spec':{'minAvailable':2}}");
        cluster.settle();
        cluster.evict(first);
        cluster.settle();
        assertThat(cluster.names()).doesNotContain(first).hasSize(3);

        cluster.merge(PodDisruptionBudget.TYPE, "budget", "{'spec':{'minAvailable':null,'maxUnavailable':0}}");
        cluster.settle();
        String second = cluster.names().get(0);
        mustBeBlocked(second);
        cluster.client.resources(PodDisruptionBudget.TYPE).delete("budget");
        cluster.settle();
        cluster.evict(second);
        cluster.settle();
        assertThat(cluster.names()).doesNotContain(second);
    }

    private void mustBeBlocked(String pod) {
        ApiException refusal = cluster.refused(() -> cluster.evict(pod));
        assertThat(refusal.reason()).isEqualTo(Reason.TOO_MANY_REQUESTS);
        assertThat(refusal.causes())
                .singleElement()
                .matches(cause -> cause.reason().equals("DisruptionBudget"));
        assertThat(cluster.names()).contains(pod);
    }

    private void create(String namespace, String spec) {
        cluster.create("""
                apiVersion: policy/v1
                kind: PodDisruptionBudget
                metadata: {name: budget, namespace: %s, labels: {e2e: budget}}
                spec: {selector: {matchLabels: {app: web}}, %s}
                """.formatted(namespace, spec));
    }

    private void pods(int count) {
        ReplicaSet set = ReplicaSet.named("web")
                .replicas(count)
                .podLabel("app", "web")
                .container("c", "app:1")
                .build();
        cluster.client.create(set);
    }

    private PodDisruptionBudget budget() {
        return cluster.get(PodDisruptionBudget.TYPE, "budget");
    }
}
