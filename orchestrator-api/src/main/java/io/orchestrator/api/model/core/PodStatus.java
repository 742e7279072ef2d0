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

@Description("Pod status.")
@RecordBuilder
public record PodStatus(
        @Field(
                value = "Phase.",
                tag = 1,
                enumValues = {PodPhase.PENDING, PodPhase.RUNNING, PodPhase.SUCCEEDED, PodPhase.FAILED, PodPhase.UNKNOWN
                })
        String phase,

        @Field(
                value = "Conditions.",
                tag = 2,
                mergeKey = "type",
                patch = PatchStrategy.MERGE,
                listType = ListType.MAP,
                mapKeys = "type")
        List<PodCondition> conditions,

        @Field(value = "Message.", tag = 3) String message,
        @Field(value = "Reason.", tag = 4) String reason,
        @Field(value = "Nominated node name.", tag = 11) String nominatedNodeName,
        @Field(value = "Host ip.", tag = 5) String hostIP,

        @Field(value = "Host i ps.", tag = 16, mergeKey = "ip", patch = PatchStrategy.MERGE, listType = ListType.ATOMIC)
        List<HostIP> hostIPs,

        @Field(value = "Pod ip.", tag = 6) String podIP,

        @Field(
                value = "Pod i ps.",
                tag = 12,
                mergeKey = "ip",
                patch = PatchStrategy.MERGE,
                listType = ListType.MAP,
                mapKeys = "ip")
        List<PodIP> podIPs,

        @Field(value = "Start time.", tag = 7) @Nullable Time startTime,

        @Field(value = "Init container statuses.", tag = 10, listType = ListType.ATOMIC)
        List<ContainerStatus> initContainerStatuses,

        @Field(value = "Container statuses.", tag = 8, listType = ListType.ATOMIC)
        List<ContainerStatus> containerStatuses,

        @Field(
                value = "Qos class.",
                tag = 9,
                enumValues = {PodQOSClass.GUARANTEED, PodQOSClass.BURSTABLE, PodQOSClass.BEST_EFFORT})
        String qosClass,

        @Field(value = "Ephemeral container statuses.", tag = 13, listType = ListType.ATOMIC)
        List<ContainerStatus> ephemeralContainerStatuses,

        @Field(value = "Resize.", tag = 14) String resize,

        @Field(
                value = "Resource claim statuses.",
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
