package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.orchestrator.api.schema.PatchStrategy;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

@Description("Node status.")
@RecordBuilder
public record NodeStatus(
        @Field(value = "Capacity.", tag = 1) Map<String, Quantity> capacity,
        @Field(value = "Allocatable.", tag = 2) Map<String, Quantity> allocatable,

        @Field(
                value = "Phase.",
                tag = 3,
                enumValues = {NodePhase.PENDING, NodePhase.RUNNING, NodePhase.TERMINATED})
        String phase,

        @Field(
                value = "Conditions.",
                tag = 4,
                mergeKey = "type",
                patch = PatchStrategy.MERGE,
                listType = ListType.MAP,
                mapKeys = "type")
        List<NodeCondition> conditions,

        @Field(
                value = "Addresses.",
                tag = 5,
                mergeKey = "type",
                patch = PatchStrategy.MERGE,
                listType = ListType.MAP,
                mapKeys = "type")
        List<NodeAddress> addresses,

        @Field(value = "Daemon endpoints.", tag = 6) NodeDaemonEndpoints daemonEndpoints,
        @Field(value = "Node info.", tag = 7) NodeSystemInfo nodeInfo,

        @Field(value = "Images.", tag = 8, listType = ListType.ATOMIC)
        List<ContainerImage> images,

        @Field(value = "Volumes in use.", tag = 9, listType = ListType.ATOMIC)
        List<String> volumesInUse,

        @Field(value = "Volumes attached.", tag = 10, listType = ListType.ATOMIC)
        List<AttachedVolume> volumesAttached,

        @Field(value = "Config.", tag = 11) @Nullable NodeConfigStatus config,

        @Field(value = "Runtime handlers.", tag = 12, listType = ListType.ATOMIC)
        List<NodeRuntimeHandler> runtimeHandlers,

        @Field(value = "Features.", tag = 13) @Nullable NodeFeatures features)
        implements NodeStatusBuilder.With {
    public static final NodeStatus EMPTY = NodeStatusBuilder.builder().build();

    public NodeStatus {
        capacity = Fields.map(capacity);
        allocatable = Fields.map(allocatable);
        phase = Fields.text(phase);
        conditions = Fields.list(conditions);
        addresses = Fields.list(addresses);
        daemonEndpoints = Fields.orElse(daemonEndpoints, NodeDaemonEndpoints.EMPTY);
        nodeInfo = Fields.orElse(nodeInfo, NodeSystemInfo.EMPTY);
        images = Fields.list(images);
        volumesInUse = Fields.list(volumesInUse);
        volumesAttached = Fields.list(volumesAttached);
        runtimeHandlers = Fields.list(runtimeHandlers);
    }

    public Optional<NodeCondition> condition(String type) {
        return conditions.stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst();
    }
}
