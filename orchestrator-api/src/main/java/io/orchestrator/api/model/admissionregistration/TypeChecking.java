package io.orchestrator.api.model.admissionregistration;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@Description("What the check of the expressions found.")
@RecordBuilder
public record TypeChecking(
        @Field(value = "What may be wrong with them.", tag = 1, listType = ListType.ATOMIC)
        List<ExpressionWarning> expressionWarnings)
        implements TypeCheckingBuilder.With {
    public static final TypeChecking EMPTY = TypeCheckingBuilder.builder().build();

    public TypeChecking {
        expressionWarnings = Fields.list(expressionWarnings);
    }
}
