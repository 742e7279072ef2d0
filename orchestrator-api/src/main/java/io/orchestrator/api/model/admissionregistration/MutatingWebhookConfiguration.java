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
        kind = "MutatingWebhookConfiguration",
        plural = "mutatingwebhookconfigurations",
        namespaced = false,
        categories = "api-extensions")
@Description("Webhooks that may change and refuse requests.")
@RecordBuilder
public record MutatingWebhookConfiguration(
        @Field(value = "Who the object is: its name, labels and what the system keeps about it.", tag = 1)
        ObjectMeta metadata,

        @Field(
                value = "The webhooks that are asked.",
                tag = 2,
                mergeKey = "name",
                patch = PatchStrategy.MERGE,
                listType = ListType.MAP,
                mapKeys = "name")
        List<MutatingWebhook> webhooks)
        implements Resource, MutatingWebhookConfigurationBuilder.With {
    public static final ResourceType<MutatingWebhookConfiguration> TYPE =
            ResourceType.of(MutatingWebhookConfiguration.class);

    public MutatingWebhookConfiguration {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        webhooks = Fields.list(webhooks);
    }

    @Override
    public MutatingWebhookConfiguration withMetadata(ObjectMeta metadata) {
        return MutatingWebhookConfigurationBuilder.With.super.withMetadata(metadata);
    }
}
