package io.orchestrator.api.model.rbac;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.orchestrator.api.schema.ResourceKind;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

@ResourceKind(
        group = "rbac.authorization.k8s.io",
        version = "v1",
        kind = "ClusterRole",
        plural = "clusterroles",
        namespaced = false)
@Description("What may be done with which resources in all namespaces, or in those where a role binding says so.")
@RecordBuilder
public record ClusterRole(
        @Field(value = "Who the object is: its name, labels and what the system keeps about it.", tag = 1)
        ObjectMeta metadata,

        @Field(value = "The permissions.", tag = 2, alwaysWritten = true, listType = ListType.ATOMIC)
        List<PolicyRule> rules,

        @Field(value = "The roles that this one is put together from.", tag = 3) @Nullable
        AggregationRule aggregationRule)
        implements Resource, ClusterRoleBuilder.With {
    public static final ResourceType<ClusterRole> TYPE = ResourceType.of(ClusterRole.class);

    public ClusterRole {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        rules = Fields.list(rules);
    }

    @Override
    public ClusterRole withMetadata(ObjectMeta metadata) {
        return ClusterRoleBuilder.With.super.withMetadata(metadata);
    }
}
