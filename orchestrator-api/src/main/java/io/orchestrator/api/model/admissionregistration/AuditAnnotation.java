package io.orchestrator.api.model.admissionregistration;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("A note in the audit.")
@RecordBuilder
public record AuditAnnotation(
        @Field(value = "The key of the note.", tag = 1, required = true, alwaysWritten = true)
        String key,

        @Field(value = "An expression in CEL for its value.", tag = 2, required = true, alwaysWritten = true)
        String valueExpression)
        implements AuditAnnotationBuilder.With {
    public static final AuditAnnotation EMPTY = AuditAnnotationBuilder.builder().build();

    public AuditAnnotation {
        key = Fields.text(key);
        valueExpression = Fields.text(valueExpression);
    }
}
