package io.orchestrator.testkit.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.meta.DeleteOptionsBuilder;
import io.orchestrator.api.meta.LabelSelector;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.PreconditionsBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodCondition;
import io.orchestrator.api.model.core.PodConditionBuilder;
import io.orchestrator.api.model.core.PodPhase;
import io.orchestrator.api.model.core.PodStatusBuilder;
import io.orchestrator.api.model.policy.EvictionBuilder;
import io.orchestrator.api.model.policy.PodDisruptionBudget;
import io.orchestrator.api.model.policy.PodDisruptionBudgetBuilder;
import io.orchestrator.api.model.policy.PodDisruptionBudgetSpecBuilder;
import io.orchestrator.api.model.policy.PodDisruptionBudgetStatusBuilder;
import io.orchestrator.api.model.policy.UnhealthyPodEvictionPolicyType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What may be evicted, and what it takes from the budget that covers it. */
class EvictionTest {
    private final RegistryFixture cluster = new RegistryFixture();
    private final Client client = cluster.client;

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void anEvictionTakesFromTheBudgetAndMarksThePod() {
        running("a", true);
        budget("web", "", 1, 3, 2);
        evict("a");
        PodDisruptionBudget after = budgets("web");
        assertThat(after.status().disruptionsAllowed()).isZero();
        assertThat(after.status().disruptedPods()).containsOnlyKeys("a");
        assertThat(after.status().conditions())
                .singleElement()
                .satisfies(condition -> assertThat(condition.reason()).isEqualTo("InsufficientPods"));
        Pod pod = client.pods().get("a");
        assertThat(pod.metadata().deletionTimestamp()).isNotNull();
        assertThat(pod.status().conditions())
                .extracting(PodCondition::type, PodCondition::reason)
                .contains(org.assertj.core.groups.Tuple.tuple("DisruptionTarget", "EvictionByEvictionAPI"));
    }

    @Test
    void withoutRoomThePodStaysAndTheClientIsToldToAskAgain() {
        running("a", true);
        budget("web", "", 0, 2, 2);
        ApiException refused = refused("a");
        assertThat(refused.reason()).isEqualTo(Reason.TOO_MANY_REQUESTS);
        assertThat(refused.getMessage()).isEqualTo("Cannot evict pod as it would violate the pod's disruption budget.");
        assertThat(refused.retryAfterSeconds()).isPositive();
        assertThat(refused.causes()).singleElement().satisfies(cause -> {
            assertThat(cause.reason()).isEqualTo("DisruptionBudget");
            assertThat(cause.message()).isEqualTo("The disruption budget web needs 2 healthy pods and has 2 currently");
        });
        assertThat(client.pods().get("a").metadata().deletionTimestamp()).isNull();
    }

    @Test
    void theLastRoomIsGivenOnce() {
        running("a", true);
        running("b", true);
        budget("web", "", 1, 3, 2);
        evict("a");
        assertThat(refused("b").reason()).isEqualTo(Reason.TOO_MANY_REQUESTS);
    }

    @Test
    void aBudgetThatNobodyHasCountedYetGivesNothing() {
        running("a", true);
        PodDisruptionBudget budget = budget("web", "", 5, 5, 1);
        client.resources(PodDisruptionBudget.TYPE)
                .update(budget.withSpec(budget.spec().withUnhealthyPodEvictionPolicy("IfHealthyBudget")));
        assertThat(refused("a").causes().get(0).message()).contains("still being processed");
    }

    @Test
    void aPodThatTwoBudgetsCoverCannotBeEvicted() {
        running("a", true);
        budget("web", "", 1, 3, 2);
        budget("other", "", 1, 3, 2);
        assertThat(refused("a").reason()).isEqualTo(Reason.INTERNAL_ERROR);
    }

    @Test
    void whatIsNotRunningTakesNothing() {
        running("a", true);
        client.pods()
                .updateStatus(client.pods()
                        .get("a")
                        .withStatus(PodStatusBuilder.builder()
                                .phase(PodPhase.PENDING)
                                .build()));
        budget("web", "", 0, 2, 2);
        evict("a");
        assertThat(budgets("web").status().disruptedPods()).isEmpty();
    }

    @Test
    void aPodThatIsIllGoesWhileTheOthersAreEnoughOrWhereThePolicySaysSo() {
        running("a", false);
        running("b", false);
        budget("web", "", 0, 2, 2);
        evict("a");
        client.resources(PodDisruptionBudget.TYPE).delete("web");
        budget("web", "", 0, 1, 2);
        assertThat(refused("b").reason()).isEqualTo(Reason.TOO_MANY_REQUESTS);
        client.resources(PodDisruptionBudget.TYPE).delete("web");
        budget("web", UnhealthyPodEvictionPolicyType.ALWAYS_ALLOW, 0, 1, 2);
        evict("b");
    }

    @Test
    void aDryRunAsksAndTakesNothing() {
        running("a", true);
        budget("web", "", 1, 3, 2);
        evict("a", DeleteOptionsBuilder.builder().dryRun(List.of("All")).build());
        assertThat(budgets("web").status().disruptionsAllowed()).isEqualTo(1);
        assertThat(client.pods().get("a").metadata().deletionTimestamp()).isNull();
        assertThat(client.pods().get("a").status().conditions())
                .noneMatch(condition -> condition.type().equals("DisruptionTarget"));
    }

    @Test
    void anotherPodOfThatNameIsNotMeantAndCostsNothing() {
        running("a", true);
        budget("web", "", 1, 3, 2);
        ApiException refused = catchThrowableOfType(
                ApiException.class,
                () -> evict(
                        "a",
                        DeleteOptionsBuilder.builder()
                                .preconditions(PreconditionsBuilder.builder()
                                        .uid("other")
                                        .build())
                                .build()));
        assertThat(refused.isConflict()).isTrue();
        assertThat(budgets("web").status().disruptionsAllowed()).isEqualTo(1);
    }

    @Test
    void theGracePeriodIsTheOneThatIsAskedFor() {
        running("a", true);
        evict("a", DeleteOptionsBuilder.builder().gracePeriodSeconds(7L).build());
        assertThat(client.pods().get("a").metadata().deletionGracePeriodSeconds())
                .isEqualTo(7);
    }

    private ApiException refused(String pod) {
        return catchThrowableOfType(ApiException.class, () -> evict(pod));
    }

    private void evict(String pod) {
        evict(pod, null);
    }

    private void evict(String pod, io.orchestrator.api.meta.@Nullable DeleteOptions options) {
        client.pods()
                .createSubresource(
                        pod,
                        "eviction",
                        EvictionBuilder.builder()
                                .metadata(ObjectMetaBuilder.builder().name(pod).build())
                                .deleteOptions(options)
                                .build());
    }

    private void running(String name, boolean ready) {
        Pod pod = client.create(Pod.named(name)
                .label("app", "web")
                .container("main", "any")
                .nodeName("node")
                .build());
        client.pods()
                .updateStatus(pod.withStatus(PodStatusBuilder.builder()
                        .phase(PodPhase.RUNNING)
                        .conditions(List.of(PodConditionBuilder.builder()
                                .type("Ready")
                                .status(ready ? "True" : "False")
                                .build()))
                        .build()));
    }

    private PodDisruptionBudget budgets(String name) {
        return client.resources(PodDisruptionBudget.TYPE).get(name);
    }

    private PodDisruptionBudget budget(String name, String unhealthy, int allowed, int healthy, int desired) {
        PodDisruptionBudget made = client.create(PodDisruptionBudgetBuilder.builder()
                .metadata(ObjectMetaBuilder.builder().name(name).build())
                .spec(PodDisruptionBudgetSpecBuilder.builder()
                        .selector(LabelSelector.of(Map.of("app", "web")))
                        .unhealthyPodEvictionPolicy(unhealthy.isEmpty() ? null : unhealthy)
                        .build())
                .build());
        return client.resources(PodDisruptionBudget.TYPE)
                .updateStatus(made.withStatus(PodDisruptionBudgetStatusBuilder.builder()
                        .observedGeneration(made.metadata().generation())
                        .disruptionsAllowed(allowed)
                        .currentHealthy(healthy)
                        .desiredHealthy(desired)
                        .expectedPods(healthy)
                        .build()));
    }
}
