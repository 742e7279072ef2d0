package io.orchestrator.api.model.flowcontrol;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Somebody who asks: a user, a group, or a service account.")
@RecordBuilder
public record Subject(
        @Field(
                value = "Which of the following it is.",
                tag = 1,
                required = true,
                alwaysWritten = true,
                enumValues = {"User", "Group", "ServiceAccount"})
        String kind,

        @Field(value = "A user.", tag = 2) @Nullable UserSubject user,

        @Field(value = "A group.", tag = 3) @Nullable GroupSubject group,

        @Field(value = "A service account.", tag = 4) @Nullable
        ServiceAccountSubject serviceAccount)
        implements SubjectBuilder.With {
    public static final Subject EMPTY = SubjectBuilder.builder().build();

    public Subject {
        kind = Fields.text(kind);
    }
}
