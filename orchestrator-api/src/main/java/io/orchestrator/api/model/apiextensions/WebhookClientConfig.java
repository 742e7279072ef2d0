package io.orchestrator.api.model.apiextensions;

import io.orchestrator.api.meta.Bytes;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("How a webhook is reached.")
@RecordBuilder
public record WebhookClientConfig(
        @Field("An address; or else a service is named.") @Nullable
        String url,

        @Field("A service of this cluster.") @Nullable ServiceReference service,

        @Field("The authorities that its certificate may come from, in PEM.")
        Bytes caBundle)
        implements WebhookClientConfigBuilder.With {
    public static final WebhookClientConfig EMPTY =
            WebhookClientConfigBuilder.builder().build();

    public WebhookClientConfig {
        caBundle = Fields.orElse(caBundle, Bytes.EMPTY);
    }
}
