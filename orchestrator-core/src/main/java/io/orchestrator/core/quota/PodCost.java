package io.orchestrator.core.quota;

import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodPhase;
import io.orchestrator.api.model.core.PodSpec;
import io.orchestrator.api.model.core.ResourceRequirements;
import io.orchestrator.core.placement.ContainerRequests;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** What a pod costs, as long as it has not ended. */
final class PodCost {
    private static final Set<String> PLAIN = Set.of("cpu", "memory", "ephemeral-storage");
    private static final String REQUESTS = "requests.";
    private static final String LIMITS = "limits.";

    private PodCost() {}

    static Map<String, Quantity> of(Pod pod) {
        if (hasEnded(pod)) {
            return Map.of();
        }
        Map<String, Quantity> cost = new LinkedHashMap<>();
        cost.put("pods", Quantity.of(1));
        total(pod.spec(), container -> ContainerRequests.of(pod, container), ResourceRequirements::requests)
                .forEach((name, amount) -> {
                    if (PLAIN.contains(name) || name.startsWith("hugepages-")) {
                        cost.put(name, amount);
                    }
                    cost.put(REQUESTS + name, amount);
                });
        total(pod.spec(), container -> container.resources().limits(), ResourceRequirements::limits)
                .forEach((name, amount) -> {
                    if (PLAIN.contains(name)) {
                        cost.put(LIMITS + name, amount);
                    }
                });
        return cost;
    }

    static boolean hasEnded(Pod pod) {
        String phase = pod.status().phase();
        return phase.equals(PodPhase.SUCCEEDED) || phase.equals(PodPhase.FAILED);
    }

    /** Which of the bounded amounts which container leaves open: {@code limits.cpu for: web}. */
    static List<String> unspecified(Pod pod, Set<String> bounded) {
        List<String> missing = new ArrayList<>();
        for (String name : bounded.stream().sorted().toList()) {
            boolean limit = name.startsWith(LIMITS);
            String plain = limit
                    ? name.substring(LIMITS.length())
                    : name.startsWith(REQUESTS) ? name.substring(REQUESTS.length()) : name;
            if (!PLAIN.contains(plain) || plain.equals("ephemeral-storage")) {
                continue;
            }
            List<String> containers = Stream.concat(
                            pod.spec().initContainers().stream(), pod.spec().containers().stream())
                    .filter(container -> {
                        ResourceRequirements own = container.resources();
                        return !(limit ? own.limits() : own.requests()).containsKey(plain);
                    })
                    .map(Container::name)
                    .toList();
            if (!containers.isEmpty()) {
                missing.add(name + " for: " + String.join(",", containers));
            }
        }
        return missing;
    }

    /** All run at once, but those of the start one after the other; sidecars stay from their turn on. */
    private static Map<String, Quantity> total(
            PodSpec spec,
            Function<Container, Map<String, Quantity>> ofRunning,
            Function<ResourceRequirements, Map<String, Quantity>> part) {
        Map<String, Quantity> running = Map.of();
        for (Container container : spec.containers()) {
            running = Amounts.plus(running, ofRunning.apply(container));
        }
        Map<String, Quantity> sidecars = Map.of();
        Map<String, Quantity> starting = Map.of();
        for (Container container : spec.initContainers()) {
            Map<String, Quantity> own = part.apply(container.resources());
            if ("Always".equals(container.restartPolicy())) {
                sidecars = Amounts.plus(sidecars, own);
                starting = Amounts.max(starting, sidecars);
            } else {
                starting = Amounts.max(starting, Amounts.plus(own, sidecars));
            }
        }
        Map<String, Quantity> most = Amounts.max(Amounts.plus(running, sidecars), starting);
        Map<String, Quantity> overhead = new LinkedHashMap<>(spec.overhead());
        Map<String, Quantity> named = most;
        overhead.keySet().removeIf(name -> !named.containsKey(name));
        return Amounts.plus(most, overhead);
    }
}
