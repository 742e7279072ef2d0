package io.orchestrator.api.model.core;

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
import org.jspecify.annotations.Nullable;

@ResourceKind(version = "v1", kind = "ServiceAccount", plural = "serviceaccounts", shortNames = "sa")
@Description("Service account.")
@RecordBuilder
public record ServiceAccount(
        @Field(value = "Metadata.", tag = 1) ObjectMeta metadata,

        @Field(
                value = "Secrets.",
                tag = 2,
                mergeKey = "name",
                patch = PatchStrategy.MERGE,
                listType = ListType.MAP,
                mapKeys = "name")
        List<ObjectReference> secrets,

        @Field(value = "Image pull secrets.", tag = 3, listType = ListType.ATOMIC)
        List<LocalObjectReference> imagePullSecrets,

        @Field(value = "Automount service account token.", tag = 4) @Nullable
        Boolean automountServiceAccountToken)
        implements Resource, ServiceAccountBuilder.With {
    public static final ResourceType<ServiceAccount> TYPE = ResourceType.of(ServiceAccount.class);

    public ServiceAccount {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        secrets = Fields.list(secrets);
        imagePullSecrets = Fields.list(imagePullSecrets);
    }

    @Override
    public ServiceAccount withMetadata(ObjectMeta metadata) {
        return ServiceAccountBuilder.With.super.withMetadata(metadata);
    }

    /** Begins a service account of that name. */
    public static ServiceAccountDraft named(String name) {
        return new ServiceAccountDraft(name);
    }
}
