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

@Description("Container status.")
@RecordBuilder
public record ContainerStatus(
        @Field(value = "Name.", tag = 1, required = true, alwaysWritten = true)
        String name,

        @Field(value = "State.", tag = 2) ContainerState state,
        @Field(value = "Last state.", tag = 3) ContainerState lastState,

        @Field(value = "Ready.", tag = 4, required = true, alwaysWritten = true)
        boolean ready,

        @Field(value = "Restart count.", tag = 5, required = true, alwaysWritten = true)
        int restartCount,

        @Field(value = "Image.", tag = 6, required = true, alwaysWritten = true)
        String image,

        @Field(value = "Image id.", tag = 7, required = true, alwaysWritten = true)
        String imageID,

        @Field(value = "Container id.", tag = 8) String containerID,
        @Field(value = "Started.", tag = 9) @Nullable Boolean started,
        @Field(value = "Allocated resources.", tag = 10) Map<String, Quantity> allocatedResources,
        @Field(value = "Resources.", tag = 11) @Nullable ResourceRequirements resources,

        @Field(
                value = "Volume mounts.",
                tag = 12,
                mergeKey = "mountPath",
                patch = PatchStrategy.MERGE,
                listType = ListType.MAP,
                mapKeys = "mountPath")
        List<VolumeMountStatus> volumeMounts,

        @Field(value = "User.", tag = 13) @Nullable ContainerUser user,

        @Field(
                value = "Allocated resources status.",
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
