package io.orchestrator.core.registry.kinds;

import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.PodQOSClass;
import io.orchestrator.api.model.core.PodSpec;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** How a pod ranks when a node runs short: derived from what its containers ask for. */
final class QualityOfService {
    private static final Set<String> COUNTED = Set.of("cpu", "memory");

    private QualityOfService() {}

    static String of(PodSpec spec) {
        boolean any = false;
        boolean guaranteed = true;
        for (Container container : Stream.concat(spec.containers().stream(), spec.initContainers().stream())
                .toList()) {
            Map<String, Quantity> limits = container.resources().limits();
            Map<String, Quantity> requests = container.resources().requests();
            for (String resource : COUNTED) {
                Quantity limit = limits.getOrDefault(resource, Quantity.ZERO);
                Quantity request = requests.getOrDefault(resource, limit);
                any |= !limit.isZero() || !request.isZero();
                guaranteed &= !limit.isZero() && request.compareTo(limit) == 0;
            }
        }
        if (!any) {
            return PodQOSClass.BEST_EFFORT;
        }
        return guaranteed ? PodQOSClass.GUARANTEED : PodQOSClass.BURSTABLE;
    }
}
