package io.orchestrator.api.model.rbac;

import io.orchestrator.api.schema.Atomic;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("A user, a group or a service account.")
@Atomic
@RecordBuilder
public record Subject(
        @Field(value = "The kind of the object.", tag = 1, required = true, alwaysWritten = true)
        String kind,

        @Field(value = "The API group of the object; empty for the core group.", tag = 2)
        String apiGroup,

        @Field(value = "The name of the object.", tag = 3, required = true, alwaysWritten = true)
        String name,

        @Field(value = "The namespace of the object.", tag = 4)
        String namespace)
        implements SubjectBuilder.With {
    public static final Subject EMPTY = SubjectBuilder.builder().build();

    public Subject {
        kind = Fields.text(kind);
        apiGroup = Fields.text(apiGroup);
        name = Fields.text(name);
        namespace = Fields.text(namespace);
    }
}
