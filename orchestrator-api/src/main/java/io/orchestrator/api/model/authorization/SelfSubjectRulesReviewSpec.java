package io.orchestrator.api.model.authorization;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("Which namespace is asked about.")
@RecordBuilder
public record SelfSubjectRulesReviewSpec(
        @Field(value = "The namespace of the object.", tag = 1)
        String namespace) implements SelfSubjectRulesReviewSpecBuilder.With {
    public static final SelfSubjectRulesReviewSpec EMPTY =
            SelfSubjectRulesReviewSpecBuilder.builder().build();

    public SelfSubjectRulesReviewSpec {
        namespace = Fields.text(namespace);
    }
}
