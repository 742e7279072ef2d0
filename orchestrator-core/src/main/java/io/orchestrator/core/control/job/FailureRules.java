package io.orchestrator.core.control.job;

import io.orchestrator.api.model.batch.PodFailurePolicy;
import io.orchestrator.api.model.batch.PodFailurePolicyAction;
import io.orchestrator.api.model.batch.PodFailurePolicyOnExitCodesOperator;
import io.orchestrator.api.model.batch.PodFailurePolicyOnExitCodesRequirement;
import io.orchestrator.api.model.batch.PodFailurePolicyOnPodConditionsPattern;
import io.orchestrator.api.model.batch.PodFailurePolicyRule;
import io.orchestrator.api.model.core.ContainerStatus;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodCondition;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the failure of a pod leads to: the first rule that fits decides, and without one the failure counts. */
final class FailureRules {
    /**
     * What one failure leads to.
     *
     * @param action one of {@link PodFailurePolicyAction}
     * @param message why the job fails; empty for other actions
     */
    record Consequence(String action, String message) {
        private static final Consequence COUNTED = new Consequence(PodFailurePolicyAction.COUNT, "");

        boolean counts() {
            return !action.equals(PodFailurePolicyAction.IGNORE);
        }

        boolean failsJob() {
            return action.equals(PodFailurePolicyAction.FAIL_JOB);
        }

        boolean failsIndex() {
            return action.equals(PodFailurePolicyAction.FAIL_INDEX);
        }
    }

    private FailureRules() {}

    static Consequence of(@Nullable PodFailurePolicy policy, Pod failed) {
        List<PodFailurePolicyRule> rules = policy == null ? List.of() : policy.rules();
        for (int i = 0; i < rules.size(); i++) {
            PodFailurePolicyRule rule = rules.get(i);
            Optional<String> fit = fit(rule, failed);
            if (fit.isPresent()) {
                String message = fit.get() + " matching " + rule.action() + " rule at index " + i;
                boolean told = rule.action().equals(PodFailurePolicyAction.FAIL_JOB);
                return new Consequence(rule.action(), told ? message : "");
            }
        }
        return Consequence.COUNTED;
    }

    /** How the rule fits, in words. */
    private static Optional<String> fit(PodFailurePolicyRule rule, Pod pod) {
        PodFailurePolicyOnExitCodesRequirement codes = rule.onExitCodes();
        String name = pod.metadata().namespace() + "/" + pod.metadata().name();
        if (codes != null) {
            return JobPods.containers(pod)
                    .filter(container -> fits(codes, container))
                    .findFirst()
                    .map(container -> "Container " + container.name() + " for pod " + name + " failed with exit code "
                            + exitCode(container));
        }
        return pod.status().conditions().stream()
                .filter(condition -> rule.onPodConditions().stream().anyMatch(pattern -> fits(pattern, condition)))
                .findFirst()
                .map(condition -> "Pod " + name + " has condition " + condition.type());
    }

    private static boolean fits(PodFailurePolicyOnExitCodesRequirement codes, ContainerStatus container) {
        int code = exitCode(container);
        boolean named = codes.containerName() == null || codes.containerName().equals(container.name());
        if (code == 0 || !named) {
            return false;
        }
        boolean listed = codes.values().contains(code);
        return codes.operator().equals(PodFailurePolicyOnExitCodesOperator.IN) == listed;
    }

    private static boolean fits(PodFailurePolicyOnPodConditionsPattern pattern, PodCondition condition) {
        return pattern.type().equals(condition.type()) && pattern.status().equals(condition.status());
    }

    /** 0 for a container that has not ended. */
    private static int exitCode(ContainerStatus container) {
        return JobPods.terminated(container)
                .map(terminated -> terminated.exitCode())
                .orElse(0);
    }
}
