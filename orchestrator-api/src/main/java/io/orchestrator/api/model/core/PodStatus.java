package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.Time;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.orchestrator.api.schema.PatchStrategy;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

@Description("What is known about a pod; its node agent reports it.")
@RecordBuilder
public record PodStatus(
        @Field(
                value = "Where the pod is in its life, in one word.",
                tag = 1,
                enumValues = {PodPhase.PENDING, PodPhase.RUNNING, PodPhase.SUCCEEDED, PodPhase.FAILED, PodPhase.UNKNOWN
                })
        String phase,

        @Field(
                value = "Whether it is scheduled, initialized, ready and so on.",
                tag = 2,
                mergeKey = "type",
                patch = PatchStrategy.MERGE,
                listType = ListType.MAP,
                mapKeys = "type")
        List<PodCondition> conditions,

        @Field(value = "Why the pod is in this state, in words.", tag = 3)
        String message,

        @Field(value = "Why the pod is in this state, in one word, such as Evicted.", tag = 4)
        String reason,

        @Field(value = "The node on which room is being made for the pod.", tag = 11)
        String nominatedNodeName,

        @Field(value = "The address of its node.", tag = 5) String hostIP,

        @Field(
                value = "The addresses of its node, the first being hostIP.",
                tag = 16,
                mergeKey = "ip",
                patch = PatchStrategy.MERGE,
                listType = ListType.ATOMIC)
        List<HostIP> hostIPs,

        @Field(value = "The address of the pod.", tag = 6) String podIP,

        @Field(
                value = "The addresses of the pod, the first being podIP.",
                tag = 12,
                mergeKey = "ip",
                patch = PatchStrategy.MERGE,
                listType = ListType.MAP,
                mapKeys = "ip")
        List<PodIP> podIPs,

        @Field(value = "When its node took the pod on.", tag = 7) @Nullable
        Time startTime,

        @Field(value = "The states of the init containers, in their order.", tag = 10, listType = ListType.ATOMIC)
        List<ContainerStatus> initContainerStatuses,

        @Field(value = "The states of the containers.", tag = 8, listType = ListType.ATOMIC)
        List<ContainerStatus> containerStatuses,

        @Field(
                value = "How well it is protected when its node runs short.",
                tag = 9,
                enumValues = {PodQOSClass.GUARANTEED, PodQOSClass.BURSTABLE, PodQOSClass.BEST_EFFORT})
        String qosClass,

        @Field(value = "The states of the ephemeral containers.", tag = 13, listType = ListType.ATOMIC)
        List<ContainerStatus> ephemeralContainerStatuses,

        @Field(value = "How far a change of its resources has come.", tag = 14)
        String resize,

        @Field(
                value = "The claims that were made for it.",
                tag = 15,
                mergeKey = "name",
                patch = {PatchStrategy.MERGE, PatchStrategy.RETAIN_KEYS},
                listType = ListType.MAP,
                mapKeys = "name")
        List<PodResourceClaimStatus> resourceClaimStatuses)
        implements PodStatusBuilder.With {
    public static final PodStatus EMPTY = PodStatusBuilder.builder().build();

    public PodStatus {
        phase = Fields.text(phase);
        conditions = Fields.list(conditions);
        message = Fields.text(message);
        reason = Fields.text(reason);
        nominatedNodeName = Fields.text(nominatedNodeName);
        hostIP = Fields.text(hostIP);
        hostIPs = Fields.list(hostIPs);
        podIP = Fields.text(podIP);
        podIPs = Fields.list(podIPs);
        initContainerStatuses = Fields.list(initContainerStatuses);
        containerStatuses = Fields.list(containerStatuses);
        qosClass = Fields.text(qosClass);
        ephemeralContainerStatuses = Fields.list(ephemeralContainerStatuses);
        resize = Fields.text(resize);
        resourceClaimStatuses = Fields.list(resourceClaimStatuses);
    }

    public Optional<PodCondition> condition(String type) {
        return conditions.stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst();
    }
}
