package io.orchestrator.api.model.apiextensions;

import io.orchestrator.api.meta.Time;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Something that holds of a definition, or does not.")
@RecordBuilder
public record CustomResourceDefinitionCondition(
        @Field(
                value = "What it is about: NamesAccepted, Established, Terminating.",
                required = true,
                alwaysWritten = true)
        String type,

        @Field(value = "True, False or Unknown.", required = true, alwaysWritten = true)
        String status,

        @Field("Since when.") @Nullable Time lastTransitionTime,
        @Field("Why, in one word.") String reason,
        @Field("Why, in a sentence.") String message)
        implements CustomResourceDefinitionConditionBuilder.With {
    public static final CustomResourceDefinitionCondition EMPTY =
            CustomResourceDefinitionConditionBuilder.builder().build();

    public CustomResourceDefinitionCondition {
        type = Fields.text(type);
        status = Fields.text(status);
        reason = Fields.text(reason);
        message = Fields.text(message);
    }
}
