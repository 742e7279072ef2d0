package io.orchestrator.core.registry.admission.limits;

import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.Pod;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What a pod or one of its containers asks for, and may take at most. */
record PodAmounts(Map<String, Quantity> requests, Map<String, Quantity> limits) {

    /** Tells of every container, those that run at the start included. */
    static void each(Pod pod, Consumer<PodAmounts> sink) {
        pod.spec().initContainers().forEach(container -> sink.accept(of(container)));
        pod.spec().containers().forEach(container -> sink.accept(of(container)));
    }

    /**
     * The sums of the containers, or what one that runs at the start takes more. A resource for which a container sets no
     * limit has none for the pod either, but for those that run at the start.
     */
    static PodAmounts ofPod(Pod pod) {
        List<PodAmounts> running =
                pod.spec().containers().stream().map(PodAmounts::of).toList();
        Map<String, Quantity> requests = new HashMap<>();
        Map<String, Quantity> limits = new HashMap<>();
        for (PodAmounts each : running) {
            each.requests.forEach((name, amount) -> requests.merge(name, amount, Quantity::plus));
            each.limits.forEach((name, amount) -> limits.merge(name, amount, Quantity::plus));
        }
        for (Container container : pod.spec().initContainers()) {
            PodAmounts first = of(container);
            first.requests.forEach((name, amount) -> requests.merge(name, amount, PodAmounts::max));
            first.limits.forEach((name, amount) -> limits.merge(name, amount, PodAmounts::max));
        }
        return new PodAmounts(requests, limits);
    }

    private static PodAmounts of(Container container) {
        return new PodAmounts(
                container.resources().requests(), container.resources().limits());
    }

    private static Quantity max(Quantity one, Quantity other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
