package io.orchestrator.core.agent;

import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodQOSClass;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The quality of service that a pod's requests and limits amount to. Pure. */
final class QosClass {
    private static final List<String> COUNTED = List.of("cpu", "memory");

    private QosClass() {}

    static String of(Pod pod) {
        if (!pod.status().qosClass().isEmpty()) {
            return pod.status().qosClass();
        }
        List<Container> all = Stream.concat(pod.spec().initContainers().stream(), pod.spec().containers().stream())
                .toList();
        boolean nothing = all.stream()
                .allMatch(container -> isEmpty(container.resources().requests())
                        && isEmpty(container.resources().limits()));
        if (nothing) {
            return PodQOSClass.BEST_EFFORT;
        }
        return all.stream().allMatch(QosClass::isGuaranteed) ? PodQOSClass.GUARANTEED : PodQOSClass.BURSTABLE;
    }

    private static boolean isEmpty(Map<String, Quantity> resources) {
        return COUNTED.stream()
                .noneMatch(name ->
                        resources.containsKey(name) && resources.get(name).signum() > 0);
    }

    private static boolean isGuaranteed(Container container) {
        return COUNTED.stream().allMatch(name -> {
            Quantity limit = container.resources().limits().get(name);
            Quantity request = container.resources().requests().get(name);
            return limit != null && limit.signum() > 0 && (request == null || limit.equals(request));
        });
    }
}
