package io.orchestrator.api.model.apiextensions;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ResourceKind;
import io.soabase.recordbuilder.core.RecordBuilder;

@ResourceKind(
        group = "apiextensions.k8s.io",
        version = "v1",
        kind = "CustomResourceDefinition",
        plural = "customresourcedefinitions",
        namespaced = false,
        shortNames = {"crd", "crds"},
        categories = "api-extensions")
@Description("A kind that the cluster serves because somebody defined it.")
@RecordBuilder
public record CustomResourceDefinition(
        @Field("Who the object is: its name, labels and what the system keeps about it.")
        ObjectMeta metadata,

        @Field(value = "The kind as it is wanted.", required = true)
        CustomResourceDefinitionSpec spec,

        @Field("The kind as it is served.") CustomResourceDefinitionStatus status)
        implements Resource, CustomResourceDefinitionBuilder.With {
    public static final ResourceType<CustomResourceDefinition> TYPE = ResourceType.of(CustomResourceDefinition.class);

    public CustomResourceDefinition {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        spec = Fields.orElse(spec, CustomResourceDefinitionSpec.EMPTY);
        status = Fields.orElse(status, CustomResourceDefinitionStatus.EMPTY);
    }

    @Override
    public CustomResourceDefinition withMetadata(ObjectMeta metadata) {
        return CustomResourceDefinitionBuilder.With.super.withMetadata(metadata);
    }
}
