package io.orchestrator.api.model.admissionregistration;

import io.orchestrator.api.meta.Bytes;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("How a webhook is reached: by URL or as a service.")
@RecordBuilder
public record WebhookClientConfig(
        @Field(value = "Its URL, which is one of HTTPS.", tag = 3) @Nullable
        String url,

        @Field(value = "Its service.", tag = 1) @Nullable ServiceReference service,

        @Field(value = "The authorities that its certificate is checked against, in PEM.", tag = 2)
        Bytes caBundle)
        implements WebhookClientConfigBuilder.With {
    public static final WebhookClientConfig EMPTY =
            WebhookClientConfigBuilder.builder().build();

    public WebhookClientConfig {
        caBundle = Fields.orElse(caBundle, Bytes.EMPTY);
    }
}
