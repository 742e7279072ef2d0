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

@Description("How far the deployment has come.")
@RecordBuilder
public record DeploymentStatus(
        @Field(value = "The generation of the object that this status speaks of.", tag = 1)
        long observedGeneration,

        @Field(value = "How many pods there are, old and new.", tag = 2)
        int replicas,

        @Field(value = "How many of them follow the present template.", tag = 3)
        int updatedReplicas,

        @Field(value = "How many of them are ready.", tag = 7)
        int readyReplicas,

        @Field(value = "How many of them have been ready for long enough.", tag = 4)
        int availableReplicas,

        @Field(value = "How many are missing to full availability.", tag = 5)
        int unavailableReplicas,

        @Field(
                value = "The latest observations on single aspects.",
                tag = 6,
                mergeKey = "type",
                patch = PatchStrategy.MERGE,
                listType = ListType.MAP,
                mapKeys = "type")
        List<DeploymentCondition> conditions,

        @Field(value = "How often the hash in a name had to be changed because the name was taken.", tag = 8) @Nullable
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
