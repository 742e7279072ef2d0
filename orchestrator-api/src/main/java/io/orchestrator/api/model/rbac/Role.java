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

@ResourceKind(group = "rbac.authorization.k8s.io", version = "v1", kind = "Role", plural = "roles")
@Description("What may be done with which resources in one namespace.")
@RecordBuilder
public record Role(
        @Field(value = "Who the object is: its name, labels and what the system keeps about it.", tag = 1)
        ObjectMeta metadata,

        @Field(value = "The permissions.", tag = 2, alwaysWritten = true, listType = ListType.ATOMIC)
        List<PolicyRule> rules)
        implements Resource, RoleBuilder.With {
    public static final ResourceType<Role> TYPE = ResourceType.of(Role.class);

    public Role {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        rules = Fields.list(rules);
    }

    @Override
    public Role withMetadata(ObjectMeta metadata) {
        return RoleBuilder.With.super.withMetadata(metadata);
    }
}
