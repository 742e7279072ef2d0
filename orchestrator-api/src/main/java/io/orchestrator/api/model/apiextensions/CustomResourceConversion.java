package io.orchestrator.api.model.apiextensions;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("How objects get from one version to another.")
@RecordBuilder
public record CustomResourceConversion(
        @Field(value = "None, which changes the version alone, or Webhook.", required = true, alwaysWritten = true)
        String strategy,

        @Field("Who converts.") @Nullable WebhookConversion webhook)
        implements CustomResourceConversionBuilder.With {
    public static final CustomResourceConversion EMPTY =
            CustomResourceConversionBuilder.builder().build();

    public CustomResourceConversion {
        strategy = Fields.text(strategy);
    }
}
