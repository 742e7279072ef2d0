package io.orchestrator.api.model.flowcontrol;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("A service account.")
@RecordBuilder
public record ServiceAccountSubject(
        @Field(value = "The namespace of the account.", tag = 1, required = true, alwaysWritten = true)
        String namespace,

        @Field(
                value = "The name of the account; a star for all of the namespace.",
                tag = 2,
                required = true,
                alwaysWritten = true)
        String name)
        implements ServiceAccountSubjectBuilder.With {
    public static final ServiceAccountSubject EMPTY =
            ServiceAccountSubjectBuilder.builder().build();

    public ServiceAccountSubject {
        namespace = Fields.text(namespace);
        name = Fields.text(name);
    }
}
