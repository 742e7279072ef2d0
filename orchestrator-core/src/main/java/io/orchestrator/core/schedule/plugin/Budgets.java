package io.orchestrator.core.schedule.plugin;

import io.orchestrator.api.meta.Selector;
import io.orchestrator.api.model.policy.PodDisruptionBudget;
import io.orchestrator.core.schedule.framework.KnownObjects;
import io.orchestrator.core.schedule.framework.PodView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many pods the disruption budgets let go. */
final class Budgets {

    /** Pods that go at the cost of a budget, and pods that do not. Each in the order they were given. */
    record Split(List<PodView> violating, List<PodView> harmless) {}

    private record Budget(PodDisruptionBudget object, Selector selector) {}

    private final Map<String, List<Budget>> byNamespace = new HashMap<>();

    private Budgets() {}

    /** An empty selector protects nothing here, as in Kubernetes. */
    static Budgets of(KnownObjects objects) {
        Budgets budgets = new Budgets();
        for (PodDisruptionBudget object : objects.list(PodDisruptionBudget.TYPE)) {
            Selector selector = Selector.of(object.spec().selector());
            if (!selector.isEmpty()) {
                budgets.byNamespace
                        .computeIfAbsent(object.metadata().namespace(), namespace -> new ArrayList<>())
                        .add(new Budget(object, selector));
            }
        }
        return budgets;
    }

    /** When these pods went in this order, which would be one too many. */
    Split split(List<PodView> pods) {
        Map<Budget, Integer> left = new HashMap<>();
        List<PodView> violating = new ArrayList<>();
        List<PodView> harmless = new ArrayList<>();
        for (PodView pod : pods) {
            boolean violates = false;
            for (Budget budget : byNamespace.getOrDefault(pod.namespace(), List.of())) {
                boolean protects = budget.selector.matches(pod.pod())
                        // It was granted to this pod already.
                        && !budget.object
                                .status()
                                .disruptedPods()
                                .containsKey(pod.key().name());
                if (protects) {
                    int allowed = left.merge(budget, -1, (known, one) -> known + one);
                    violates |= budget.object.status().disruptionsAllowed() + allowed < 0;
                }
            }
            (violates ? violating : harmless).add(pod);
        }
        return new Split(violating, harmless);
    }
}
