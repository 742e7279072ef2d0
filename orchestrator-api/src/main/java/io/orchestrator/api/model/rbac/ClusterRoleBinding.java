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

@ResourceKind(
        group = "rbac.authorization.k8s.io",
        version = "v1",
        kind = "ClusterRoleBinding",
        plural = "clusterrolebindings",
        namespaced = false)
@Description("Gives a cluster role to users, groups and service accounts everywhere.")
@RecordBuilder
public record ClusterRoleBinding(
        @Field(value = "Who the object is: its name, labels and what the system keeps about it.", tag = 1)
        ObjectMeta metadata,

        @Field(value = "Who gets the role.", tag = 2, listType = ListType.ATOMIC)
        List<Subject> subjects,

        @Field(value = "The role, which cannot be changed later.", tag = 3, required = true)
        RoleRef roleRef)
        implements Resource, ClusterRoleBindingBuilder.With {
    public static final ResourceType<ClusterRoleBinding> TYPE = ResourceType.of(ClusterRoleBinding.class);

    public ClusterRoleBinding {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        subjects = Fields.list(subjects);
        roleRef = Fields.orElse(roleRef, RoleRef.EMPTY);
    }

    @Override
    public ClusterRoleBinding withMetadata(ObjectMeta metadata) {
        return ClusterRoleBindingBuilder.With.super.withMetadata(metadata);
    }
}
