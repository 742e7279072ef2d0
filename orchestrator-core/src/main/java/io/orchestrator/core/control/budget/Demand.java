package io.orchestrator.core.control.budget;

import io.orchestrator.api.meta.IntOrString;
import io.orchestrator.api.meta.OwnerReference;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.policy.PodDisruptionBudget;
import io.orchestrator.core.control.pods.Ownership;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How many pods a budget reckons with.
 *
 * @param expected how many there should be
 * @param healthy how many of them must stay healthy
 * @param unmanaged pods that no controller wants, so that nobody knows how many there should be
 */
record Demand(int expected, int healthy, List<String> unmanaged) {
    /** Nobody can say how many pods there should be. */
    static final class UnknownException extends Exception {
        private static final long serialVersionUID = 1L;

        UnknownException(String message) {
            super(message);
        }
    }

    /** How many pods a controller wants; empty when it is no such thing, or not there. */
    @FunctionalInterface
    interface Wish {
        Optional<Integer> of(String namespace, OwnerReference controller);
    }

    static Demand of(PodDisruptionBudget budget, Collection<Pod> pods, Wish wish) throws UnknownException {
        IntOrString most = budget.spec().maxUnavailable();
        IntOrString least = budget.spec().minAvailable();
        try {
            if (most != null) {
                Demand scale = scale(pods, wish);
                int healthy = Math.max(0, scale.expected() - most.scaled(scale.expected(), true));
                return new Demand(scale.expected(), healthy, scale.unmanaged());
            }
            if (least != null && least.isPercent()) {
                Demand scale = scale(pods, wish);
                return new Demand(scale.expected(), least.scaled(scale.expected(), true), scale.unmanaged());
            }
            return new Demand(pods.size(), least == null ? 0 : least.intValue(), List.of());
        } catch (IllegalArgumentException e) {
            throw new UnknownException(String.valueOf(e.getMessage()));
        }
    }

    /** What the controllers of the pods want together, each counted once. */
    private static Demand scale(Collection<Pod> pods, Wish wish) throws UnknownException {
        Map<String, Integer> wanted = new HashMap<>();
        List<String> unmanaged = new ArrayList<>();
        for (Pod pod : pods) {
            OwnerReference controller = Ownership.controllerOf(pod).orElse(null);
            if (controller == null) {
                unmanaged.add(pod.metadata().name());
            } else if (!wanted.containsKey(controller.uid())) {
                wanted.put(
                        controller.uid(),
                        wish.of(pod.metadata().namespace(), controller)
                                .orElseThrow(() -> new UnknownException("found no controllers for pod \""
                                        + pod.metadata().name() + "\"")));
            }
        }
        int sum = wanted.values().stream().mapToInt(Integer::intValue).sum();
        return new Demand(sum, 0, unmanaged);
    }
}
