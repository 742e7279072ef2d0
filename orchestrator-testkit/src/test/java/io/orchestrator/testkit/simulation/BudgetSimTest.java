package io.orchestrator.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Cause;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.meta.IntOrString;
import io.orchestrator.api.meta.LabelSelectorBuilder;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.OwnerReferenceBuilder;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.policy.EvictionBuilder;
import io.orchestrator.api.model.policy.PodDisruptionBudget;
import io.orchestrator.api.model.policy.PodDisruptionBudgetBuilder;
import io.orchestrator.api.model.policy.PodDisruptionBudgetSpecBuilder;
import io.orchestrator.api.model.policy.PodDisruptionBudgetStatus;
import io.orchestrator.core.control.budget.BudgetReconciler;
import io.orchestrator.core.control.deployment.DeploymentReconciler;
import io.orchestrator.core.control.pods.PodFacts;
import io.orchestrator.core.control.replicaset.ReplicaSetReconciler;
import io.orchestrator.core.control.scale.ScaleTargets;
import io.orchestrator.core.registry.ResourceStrategy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Disruption budgets say how many pods may go, and evictions keep to them, whatever goes wrong. */
class BudgetSimTest {
    private static final int SEEDS = Integer.getInteger("simulation.seeds", 20);

    @Test
    void countsWhatTheControllersOfItsPodsWant() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder())) {
            cluster.sim.client().create(web(4));
            create(cluster, IntOrString.of("50%"), null);
            cluster.sim.settle();
            PodDisruptionBudgetStatus status = get(cluster).status();
            assertThat(status.expectedPods()).isEqualTo(4);
            assertThat(status.desiredHealthy()).isEqualTo(2);
            assertThat(status.currentHealthy()).isEqualTo(4);
            assertThat(status.disruptionsAllowed()).isEqualTo(2);
            assertThat(status.observedGeneration()).isEqualTo(1);
            assertThat(conditions(cluster)).containsExactly("DisruptionAllowed=True/SufficientPods");
            cluster.sim
                    .client()
                    .deployments()
                    .edit("web", web -> web.withSpec(web.spec().withReplicas(2)));
            cluster.sim.settle();
            assertThat(get(cluster).status().expectedPods()).isEqualTo(2);
            assertThat(get(cluster).status().disruptionsAllowed()).isEqualTo(1);
            cluster.mustRestFor(Duration.ofMinutes(12));
        }
    }

    @Test
    void countsTheUnavailableAgainstWhatMayBeAway() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder())) {
            String[] broken = {""};
            cluster.breaking(pod -> {
                broken[0] = broken[0].isEmpty() ? pod.metadata().name() : broken[0];
                return pod.metadata().name().equals(broken[0]);
            });
            cluster.sim.client().create(web(3));
            create(cluster, null, IntOrString.of(1));
            cluster.sim.settle();
            assertThat(get(cluster).status().currentHealthy()).isEqualTo(2);
            assertThat(get(cluster).status().disruptionsAllowed()).isZero();
            assertThat(conditions(cluster)).containsExactly("DisruptionAllowed=False/InsufficientPods");
            evict(cluster, broken[0]); // it is missed by nobody
        }
    }

    @Test
    void letsNoPodGoWhoseControllerNobodyKnows() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder())) {
            Pod pod = Pod.named("stray")
                    .label("app", "web")
                    .container("web", "nginx:1")
                    .build();
            cluster.sim
                    .client()
                    .create(pod.withMetadata(pod.metadata()
                            .withOwnerReferences(List.of(OwnerReferenceBuilder.builder()
                                    .apiVersion("example.org/v1")
                                    .kind("Herd")
                                    .name("herd")
                                    .uid("1")
                                    .controller(true)
                                    .build()))));
            create(cluster, null, IntOrString.of(1));
            cluster.sim.settle();
            assertThat(conditions(cluster)).containsExactly("DisruptionAllowed=False/SyncFailed");
            assertThat(cluster.events())
                    .contains("controllermanager/CalculateExpectedPodCountFailed: Failed to calculate the number of"
                            + " expected pods: found no controllers for pod \"stray\"");
        }
    }

    @Test
    void podsThatNobodyManagesAreCountedOnlyWhereANumberOfThemMustStay() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder())) {
            for (String name : List.of("one", "two", "three")) {
                cluster.sim
                        .client()
                        .create(Pod.named(name)
                                .label("app", "web")
                                .container("web", "nginx:1")
                                .build());
            }
            create(cluster, null, IntOrString.of(1));
            cluster.sim.settle();
            assertThat(get(cluster).status().expectedPods()).isZero();
            assertThat(get(cluster).status().disruptionsAllowed()).isZero();
            assertThat(conditions(cluster)).containsExactly("DisruptionAllowed=False/InsufficientPods");
            assertThat(cluster.events())
                    .anyMatch(event -> event.startsWith(
                                    "controllermanager/UnmanagedPods: Pods selected by this" + " PodDisruptionBudget (")
                            && event.contains(") were found to be unmanaged."));
            cluster.sim.client().resources(PodDisruptionBudget.TYPE).delete("web");
            create(cluster, IntOrString.of(2), null);
            cluster.sim.settle();
            assertThat(get(cluster).status().expectedPods()).isEqualTo(3);
            assertThat(get(cluster).status().disruptionsAllowed()).isEqualTo(1);
            cluster.mustRestFor(Duration.ofMinutes(12));
        }
    }

    @Test
    void refusesEvictionsThatItHasNothingLeftFor() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder())) {
            cluster.sim.client().create(web(3));
            create(cluster, IntOrString.of(2), null);
            cluster.sim.settle();
            List<String> names =
                    cluster.pods().stream().map(pod -> pod.metadata().name()).toList();
            evict(cluster, names.get(0));
            assertThat(get(cluster).status().disruptionsAllowed()).isZero();
            assertThat(get(cluster).status().disruptedPods()).containsOnlyKeys(names.get(0));
            assertThatThrownBy(() -> evict(cluster, names.get(1)))
                    .isInstanceOfSatisfying(ApiException.class, refused -> {
                        assertThat(refused.reason()).isEqualTo(Reason.TOO_MANY_REQUESTS);
                        assertThat(refused)
                                .hasMessage("Cannot evict pod as it would violate the pod's disruption budget.");
                        assertThat(refused.causes())
                                .extracting(Cause::message)
                                .containsExactly("The disruption budget web needs 2 healthy pods and has 3 currently");
                    });
            Pod going = cluster.sim.client().pods().get(names.get(0));
            assertThat(going.metadata().deletionTimestamp()).isNotNull();
            assertThat(going.status().conditions())
                    .anyMatch(condition -> condition.type().equals("DisruptionTarget")
                            && condition.reason().equals("EvictionByEvictionAPI"));
            cluster.sim.settle();
            assertThat(get(cluster).status().disruptedPods()).isEmpty();
            evict(cluster, names.get(1));
        }
    }

    @Test
    void refusesEvictionsUntilItHasCounted() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder())) {
            cluster.sim.client().create(web(3));
            cluster.sim.settle();
            cluster.controllers.kill();
            create(cluster, IntOrString.of(1), null);
            String name = cluster.pods().get(0).metadata().name();
            assertThatThrownBy(() -> evict(cluster, name))
                    .isInstanceOfSatisfying(
                            ApiException.class,
                            refused -> assertThat(refused.retryAfterSeconds()).isEqualTo(10));
        }
    }

    @Test
    void givesBackWhatAnEvictionTookThatDidNotHappen() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder())) {
            cluster.sim.client().create(web(2));
            create(cluster, IntOrString.of(1), null);
            cluster.sim.settle();
            String name = cluster.pods().get(0).metadata().name();
            cluster.sim
                    .client()
                    .resources(PodDisruptionBudget.TYPE)
                    .updateStatus(get(cluster)
                            .withStatus(get(cluster)
                                    .status()
                                    .withDisruptionsAllowed(0)
                                    .withDisruptedPods(Map.of(
                                            name,
                                            Time.of(cluster.sim
                                                    .environment()
                                                    .clock()
                                                    .instant())))));
            cluster.sim.advance(Duration.ofSeconds(90));
            assertThat(get(cluster).status().disruptionsAllowed()).isZero();
            cluster.sim.advance(Duration.ofSeconds(60));
            assertThat(get(cluster).status().disruptionsAllowed()).isEqualTo(1);
            assertThat(get(cluster).status().disruptedPods()).isEmpty();
            assertThat(cluster.events())
                    .contains("controllermanager/NotDeleted: Pod was expected by PDB default/web to be deleted but it"
                            + " wasn't");
        }
    }

    @Test
    void keepsEnoughPodsHoweverManyEvictWhateverGoesWrong() throws Exception {
        Long one = Long.getLong("simulation.seed");
        if (one != null) {
            live(one);
            return;
        }
        for (long seed = 0; seed < SEEDS; seed++) {
            live(seed);
        }
    }

    private static void live(long seed) throws Exception {
        try (Workloads cluster = cluster(Simulation.seeded(seed))) {
            Random random = cluster.sim.random();
            cluster.sim.client().create(web(5));
            create(cluster, IntOrString.of(3), null);
            cluster.sim.settle();
            cluster.sim.invariant(
                    "three stay",
                    client -> assertThat(cluster.activePods().stream()
                                    .filter(PodFacts::isReady)
                                    .count())
                            .isGreaterThanOrEqualTo(3));
            cluster.controllers.faults().rates(FaultRates.rough());
            for (int i = 0; i < 40; i++) {
                cluster.sim.advance(Duration.ofMillis(random.nextInt(4000)));
                List<Pod> pods = cluster.activePods();
                try {
                    evict(
                            cluster,
                            pods.get(random.nextInt(pods.size())).metadata().name());
                } catch (ApiException e) {
                    assertThat(e.reason()).isEqualTo(Reason.TOO_MANY_REQUESTS);
                }
            }
            cluster.controllers.faults().rates(FaultRates.none());
            cluster.sim.settle();
            assertThat(get(cluster).status().disruptionsAllowed())
                    .as("seed %s", seed)
                    .isEqualTo(2);
            cluster.mustRestFor(Duration.ofMinutes(12));
        }
    }

    private static Workloads cluster(Simulation sim) {
        ScaleTargets targets = new ScaleTargets(() -> sim.catalog().strategies().stream()
                .filter(strategy -> strategy.subresource("scale").isPresent())
                .<ResourceType<?>>map(ResourceStrategy::type)
                .toList());
        return new Workloads(
                sim,
                clock -> List.of(
                        DeploymentReconciler.controller(clock),
                        ReplicaSetReconciler.controller(clock),
                        BudgetReconciler.controller(targets, clock)));
    }

    private static Deployment web(int replicas) {
        return Deployment.named("web")
                .replicas(replicas)
                .container("web", "nginx:1")
                .build();
    }

    private static void create(Workloads cluster, IntOrString least, IntOrString most) {
        cluster.sim
                .client()
                .create(PodDisruptionBudgetBuilder.builder()
                        .metadata(ObjectMetaBuilder.builder().name("web").build())
                        .spec(PodDisruptionBudgetSpecBuilder.builder()
                                .minAvailable(least)
                                .maxUnavailable(most)
                                .selector(LabelSelectorBuilder.builder()
                                        .matchLabels(Map.of("app", "web"))
                                        .build())
                                .build())
                        .build());
    }

    private static void evict(Workloads cluster, String pod) {
        cluster.sim
                .client()
                .pods()
                .createSubresource(
                        pod,
                        "eviction",
                        EvictionBuilder.builder()
                                .metadata(ObjectMetaBuilder.builder()
                                        .name(pod)
                                        .namespace("default")
                                        .build())
                                .build());
    }

    private static PodDisruptionBudget get(Workloads cluster) {
        return cluster.sim.client().resources(PodDisruptionBudget.TYPE).get("web");
    }

    private static List<String> conditions(Workloads cluster) {
        return get(cluster).status().conditions().stream()
                .map(condition -> condition.type() + "=" + condition.status() + "/" + condition.reason())
                .toList();
    }
}
