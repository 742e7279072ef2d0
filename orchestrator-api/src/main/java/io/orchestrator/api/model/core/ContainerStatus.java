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
import org.jspecify.annotations.Nullable;

@Description("What is known about a container.")
@RecordBuilder
public record ContainerStatus(
        @Field(value = "The name of the container.", tag = 1, required = true, alwaysWritten = true)
        String name,

        @Field(value = "What it is doing.", tag = 2) ContainerState state,

        @Field(value = "How it ended the last time.", tag = 3)
        ContainerState lastState,

        @Field(value = "Whether it can be sent requests.", tag = 4, required = true, alwaysWritten = true)
        boolean ready,

        @Field(value = "How often it was started again.", tag = 5, required = true, alwaysWritten = true)
        int restartCount,

        @Field(
                value = "The image that it runs; it may be named otherwise than in the spec.",
                tag = 6,
                required = true,
                alwaysWritten = true)
        String image,

        @Field(value = "The id of the image.", tag = 7, required = true, alwaysWritten = true)
        String imageID,

        @Field(value = "The id that the runtime gives it, behind the name of the runtime.", tag = 8)
        String containerID,

        @Field(value = "Whether its startup probe, if any, has passed.", tag = 9) @Nullable
        Boolean started,

        @Field(value = "What the node has reserved for it.", tag = 10)
        Map<String, Quantity> allocatedResources,

        @Field(value = "The requests and limits that are in force.", tag = 11) @Nullable
        ResourceRequirements resources,

        @Field(
                value = "The state of its mounts.",
                tag = 12,
                mergeKey = "mountPath",
                patch = PatchStrategy.MERGE,
                listType = ListType.MAP,
                mapKeys = "mountPath")
        List<VolumeMountStatus> volumeMounts,

        @Field(value = "The user that its first process started as.", tag = 13) @Nullable
        ContainerUser user,

        @Field(
                value = "The health of the devices that it got.",
                tag = 14,
                mergeKey = "name",
                patch = PatchStrategy.MERGE,
                listType = ListType.MAP,
                mapKeys = "name")
        List<ResourceStatus> allocatedResourcesStatus)
        implements ContainerStatusBuilder.With {
    public static final ContainerStatus EMPTY = ContainerStatusBuilder.builder().build();

    public ContainerStatus {
        name = Fields.text(name);
        state = Fields.orElse(state, ContainerState.EMPTY);
        lastState = Fields.orElse(lastState, ContainerState.EMPTY);
        image = Fields.text(image);
        imageID = Fields.text(imageID);
        containerID = Fields.text(containerID);
        allocatedResources = Fields.map(allocatedResources);
        volumeMounts = Fields.list(volumeMounts);
        allocatedResourcesStatus = Fields.list(allocatedResourcesStatus);
    }
}
