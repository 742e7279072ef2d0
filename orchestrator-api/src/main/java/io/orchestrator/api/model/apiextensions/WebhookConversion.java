package io.orchestrator.api.model.apiextensions;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Description("A webhook that converts objects.")
@RecordBuilder
public record WebhookConversion(
        @Field("How the webhook is reached.") @Nullable WebhookClientConfig clientConfig,

        @Field(
                value = "The versions of the review that the webhook understands, the preferred first.",
                required = true,
                alwaysWritten = true,
                listType = ListType.ATOMIC)
        List<String> conversionReviewVersions)
        implements WebhookConversionBuilder.With {
    public static final WebhookConversion EMPTY =
            WebhookConversionBuilder.builder().build();

    public WebhookConversion {
        conversionReviewVersions = Fields.list(conversionReviewVersions);
    }
}
