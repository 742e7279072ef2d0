package io.orchestrator.api.model.admissionregistration;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.orchestrator.api.schema.PatchStrategy;
import io.orchestrator.api.schema.ResourceKind;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@ResourceKind(
        group = "admissionregistration.k8s.io",
        version = "v1",
        kind = "ValidatingWebhookConfiguration",
        plural = "validatingwebhookconfigurations",
        namespaced = false,
        categories = "api-extensions")
@Description("Webhooks that may refuse requests.")
@RecordBuilder
public record ValidatingWebhookConfiguration(
        @Field(value = "Who the object is: its name, labels and what the system keeps about it.", tag = 1)
        ObjectMeta metadata,

        @Field(
                value = "The webhooks that are asked.",
                tag = 2,
                mergeKey = "name",
                patch = PatchStrategy.MERGE,
                listType = ListType.MAP,
                mapKeys = "name")
        List<ValidatingWebhook> webhooks)
        implements Resource, ValidatingWebhookConfigurationBuilder.With {
    public static final ResourceType<ValidatingWebhookConfiguration> TYPE =
            ResourceType.of(ValidatingWebhookConfiguration.class);

    public ValidatingWebhookConfiguration {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        webhooks = Fields.list(webhooks);
    }

    @Override
    public ValidatingWebhookConfiguration withMetadata(ObjectMeta metadata) {
        return ValidatingWebhookConfigurationBuilder.With.super.withMetadata(metadata);
    }
}
