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
@Description("An identity that pods act as.")
@RecordBuilder
public record ServiceAccount(
        @Field(value = "Who the object is: its name, labels and what the system keeps about it.", tag = 1)
        ObjectMeta metadata,

        @Field(
                value = "Secrets that its pods may use.",
                tag = 2,
                mergeKey = "name",
                patch = PatchStrategy.MERGE,
                listType = ListType.MAP,
                mapKeys = "name")
        List<ObjectReference> secrets,

        @Field(value = "Secrets with the credentials for pulling images.", tag = 3, listType = ListType.ATOMIC)
        List<LocalObjectReference> imagePullSecrets,

        @Field(value = "Whether its pods get a token mounted unless they say otherwise.", tag = 4) @Nullable
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
