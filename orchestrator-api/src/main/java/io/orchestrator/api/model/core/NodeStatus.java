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

@Description("What a node reports about itself.")
@RecordBuilder
public record NodeStatus(
        @Field(value = "All that the node has, by resource.", tag = 1)
        Map<String, Quantity> capacity,

        @Field(value = "What pods may use of it, by resource.", tag = 2)
        Map<String, Quantity> allocatable,

        @Field(
                value = "No longer used.",
                tag = 3,
                enumValues = {NodePhase.PENDING, NodePhase.RUNNING, NodePhase.TERMINATED})
        String phase,

        @Field(
                value = "The latest observations on single aspects.",
                tag = 4,
                mergeKey = "type",
                patch = PatchStrategy.MERGE,
                listType = ListType.MAP,
                mapKeys = "type")
        List<NodeCondition> conditions,

        @Field(
                value = "The addresses and names under which the node is reached.",
                tag = 5,
                mergeKey = "type",
                patch = PatchStrategy.MERGE,
                listType = ListType.MAP,
                mapKeys = "type")
        List<NodeAddress> addresses,

        @Field(value = "The ports that the agent of the node listens on.", tag = 6)
        NodeDaemonEndpoints daemonEndpoints,

        @Field(value = "Versions and ids of the machine and its software.", tag = 7)
        NodeSystemInfo nodeInfo,

        @Field(value = "The images that are present on the node.", tag = 8, listType = ListType.ATOMIC)
        List<ContainerImage> images,

        @Field(value = "Volumes that are attached and mounted.", tag = 9, listType = ListType.ATOMIC)
        List<String> volumesInUse,

        @Field(value = "Volumes that are attached to the machine.", tag = 10, listType = ListType.ATOMIC)
        List<AttachedVolume> volumesAttached,

        @Field(value = "The state of a kind of configuration that is no longer supported.", tag = 11) @Nullable
        NodeConfigStatus config,

        @Field(value = "The handlers that the container runtime offers.", tag = 12, listType = ListType.ATOMIC)
        List<NodeRuntimeHandler> runtimeHandlers,

        @Field(value = "Abilities of the container runtime as a whole.", tag = 13) @Nullable
        NodeFeatures features)
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
