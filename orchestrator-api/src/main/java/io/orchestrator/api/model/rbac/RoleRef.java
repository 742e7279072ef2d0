package io.orchestrator.api.model.rbac;

import io.orchestrator.api.schema.Atomic;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("Refers to the role that is given.")
@Atomic
@RecordBuilder
public record RoleRef(
        @Field(
                value = "The API group of the object; empty for the core group.",
                tag = 1,
                required = true,
                alwaysWritten = true)
        String apiGroup,

        @Field(value = "The kind of the object.", tag = 2, required = true, alwaysWritten = true)
        String kind,

        @Field(value = "The name of the object.", tag = 3, required = true, alwaysWritten = true)
        String name)
        implements RoleRefBuilder.With {
    public static final RoleRef EMPTY = RoleRefBuilder.builder().build();

    public RoleRef {
        apiGroup = Fields.text(apiGroup);
        kind = Fields.text(kind);
        name = Fields.text(name);
    }
}
