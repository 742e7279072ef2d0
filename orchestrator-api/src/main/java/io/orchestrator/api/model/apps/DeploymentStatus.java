package io.orchestrator.api.model.apps;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.orchestrator.api.schema.PatchStrategy;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

@Description("Deployment status.")
@RecordBuilder
public record DeploymentStatus(
        @Field(value = "Observed generation.", tag = 1) long observedGeneration,
        @Field(value = "Replicas.", tag = 2) int replicas,
        @Field(value = "Updated replicas.", tag = 3) int updatedReplicas,
        @Field(value = "Ready replicas.", tag = 7) int readyReplicas,
        @Field(value = "Available replicas.", tag = 4) int availableReplicas,
        @Field(value = "Unavailable replicas.", tag = 5) int unavailableReplicas,

        @Field(
                value = "Conditions.",
                tag = 6,
                mergeKey = "type",
                patch = PatchStrategy.MERGE,
                listType = ListType.MAP,
                mapKeys = "type")
        List<DeploymentCondition> conditions,

        @Field(value = "Collision count.", tag = 8) @Nullable
        Integer collisionCount)
        implements DeploymentStatusBuilder.With {
    public static final DeploymentStatus EMPTY =
            DeploymentStatusBuilder.builder().build();

    public DeploymentStatus {
        conditions = Fields.list(conditions);
    }

    public Optional<DeploymentCondition> condition(String type) {
        return conditions.stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst();
    }
}
