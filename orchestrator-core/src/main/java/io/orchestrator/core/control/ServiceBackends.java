package io.orchestrator.core.control;

import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.control.View;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.ContainerRestartPolicy;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodCondition;
import io.orchestrator.api.model.core.PodPhase;
import io.orchestrator.api.model.core.Protocol;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.core.ServiceType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which pods stand behind which services: what the controllers of both kinds of endpoints agree on. Pure functions. */
public final class ServiceBackends {
    /** Set by both controllers: when what they write about last changed. */
    public static final String LAST_CHANGE = "endpoints.kubernetes.io/last-change-trigger-time";

    public static final String HEADLESS_LABEL = "service.kubernetes.io/headless";

    private static final String READY = "Ready";

    private ServiceBackends() {}

    /** Whether endpoints are derived from pods, rather than written by somebody else or not wanted. */
    public static boolean selectsPods(Service service) {
        return !service.spec().selector().isEmpty() && !service.spec().type().equals(ServiceType.EXTERNAL_NAME);
    }

    public static boolean isHeadless(Service service) {
        return service.spec().clusterIP().equals("None");
    }

    /** The backends among these pods, in the order of their names: those with an address that have not ended. */
    public static List<ServiceBackend> of(List<Pod> pods) {
        List<ServiceBackend> backends = new ArrayList<>(pods.size());
        for (Pod pod : pods) {
            String address = address(pod);
            if (!address.isEmpty() && !hasEnded(pod)) {
                boolean terminating = pod.metadata().deletionTimestamp() != null;
                PodCondition ready = ready(pod);
                backends.add(new ServiceBackend(
                        pod, address, isTrue(ready), ready == null ? null : ready.lastTransitionTime(), terminating));
            }
        }
        backends.sort(Comparator.comparing(backend -> backend.pod().metadata().name()));
        return backends;
    }

    /** The services whose selector matches the pod. */
    public static List<ObjectKey> servicesOf(Pod pod, View view) {
        List<ObjectKey> keys = new ArrayList<>();
        for (Service service : view.list(Service.TYPE, pod.metadata().namespace())) {
            if (selectsPods(service)
                    && contains(pod.metadata().labels(), service.spec().selector())) {
                keys.add(ObjectKey.of(service));
            }
        }
        return keys;
    }

    /** Whether a change of a pod can be seen in endpoints. */
    public static boolean matters(Pod before, Pod after) {
        return !before.metadata().labels().equals(after.metadata().labels())
                || (before.metadata().deletionTimestamp() == null)
                        != (after.metadata().deletionTimestamp() == null)
                || !address(before).equals(address(after))
                || isReady(before) != isReady(after)
                || hasEnded(before) != hasEnded(after)
                || !before.spec().nodeName().equals(after.spec().nodeName());
    }

    /** The moment of the newest change among service and backends. */
    public static Optional<Time> lastChange(Service service, List<ServiceBackend> backends) {
        Time last = service.metadata().creationTimestamp();
        for (ServiceBackend backend : backends) {
            Time changed = backend.changed();
            if (changed != null && (last == null || changed.isAfter(last))) {
                last = changed;
            }
        }
        return Optional.ofNullable(last);
    }

    static List<Container> sidecars(Pod pod) {
        return pod.spec().initContainers().stream()
                .filter(container -> ContainerRestartPolicy.ALWAYS.equals(container.restartPolicy()))
                .toList();
    }

    /** The protocol where none is said. */
    public static String protocol(String said) {
        return said.isEmpty() ? Protocol.TCP : said;
    }

    private static String address(Pod pod) {
        return pod.status().podIP();
    }

    private static boolean hasEnded(Pod pod) {
        String phase = pod.status().phase();
        return phase.equals(PodPhase.SUCCEEDED) || phase.equals(PodPhase.FAILED);
    }

    private static boolean isReady(Pod pod) {
        return isTrue(ready(pod));
    }

    private static boolean isTrue(@Nullable PodCondition condition) {
        return condition != null && condition.status().equals("True");
    }

    private static @Nullable PodCondition ready(Pod pod) {
        for (PodCondition condition : pod.status().conditions()) {
            if (condition.type().equals(READY)) {
                return condition;
            }
        }
        return null;
    }

    private static boolean contains(Map<String, String> labels, Map<String, String> selector) {
        return labels.entrySet().containsAll(selector.entrySet());
    }
}
