package io.orchestrator.benchmarks.scale;

import io.orchestrator.api.meta.ConditionStatus;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.ContainerStateBuilder;
import io.orchestrator.api.model.core.ContainerStateRunning;
import io.orchestrator.api.model.core.ContainerStatus;
import io.orchestrator.api.model.core.ContainerStatusBuilder;
import io.orchestrator.api.model.core.HostIP;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodCondition;
import io.orchestrator.api.model.core.PodConditionBuilder;
import io.orchestrator.api.model.core.PodConditionType;
import io.orchestrator.api.model.core.PodIP;
import io.orchestrator.api.model.core.PodPhase;
import io.orchestrator.api.model.core.PodStatusBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a node would report of a pod all of whose containers run and are ready. */
final class HollowPod {
    private static final List<String> TRUE_WHEN_READY = List.of(
            PodConditionType.POD_READY_TO_START_CONTAINERS,
            PodConditionType.INITIALIZED,
            PodConditionType.CONTAINERS_READY,
            PodConditionType.READY);

    private HollowPod() {}

    static Pod ready(Pod pod, String podIp, String hostIp, Time now) {
        Map<String, PodCondition> conditions = new LinkedHashMap<>();
        pod.status().conditions().forEach(condition -> conditions.put(condition.type(), condition));
        for (String type : TRUE_WHEN_READY) {
            conditions.put(
                    type,
                    PodConditionBuilder.builder()
                            .type(type)
                            .status(ConditionStatus.TRUE)
                            .lastTransitionTime(now)
                            .build());
        }
        List<ContainerStatus> containers = new ArrayList<>();
        for (Container container : pod.spec().containers()) {
            containers.add(ContainerStatusBuilder.builder()
                    .name(container.name())
                    .image(container.image())
                    .imageID("hollow://" + container.image())
                    .containerID("hollow://" + pod.metadata().uid())
                    .ready(true)
                    .started(true)
                    .state(ContainerStateBuilder.builder()
                            .running(new ContainerStateRunning(now))
                            .build())
                    .build());
        }
        return pod.withStatus(PodStatusBuilder.builder(pod.status())
                .phase(PodPhase.RUNNING)
                .conditions(new ArrayList<>(conditions.values()))
                .hostIP(hostIp)
                .hostIPs(List.of(new HostIP(hostIp)))
                .podIP(podIp)
                .podIPs(List.of(new PodIP(podIp)))
                .startTime(now)
                .containerStatuses(containers)
                .build());
    }
}
