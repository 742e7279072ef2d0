package io.orchestrator.api.model.apiregistration;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ResourceKind;
import io.soabase.recordbuilder.core.RecordBuilder;

@ResourceKind(
        group = "apiregistration.k8s.io",
        version = "v1",
        kind = "APIService",
        plural = "apiservices",
        namespaced = false,
        categories = "api-extensions")
@Description("A version of a group of the API, and who serves it.")
@RecordBuilder
public record APIService(
        @Field(value = "Who the object is: its name, labels and what the system keeps about it.", tag = 1)
        ObjectMeta metadata,

        @Field(value = "What is wanted.", tag = 2) APIServiceSpec spec,

        @Field(value = "What is observed; written by the system.", tag = 3)
        APIServiceStatus status)
        implements Resource, APIServiceBuilder.With {
    public static final ResourceType<APIService> TYPE = ResourceType.of(APIService.class);

    public APIService {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        spec = Fields.orElse(spec, APIServiceSpec.EMPTY);
        status = Fields.orElse(status, APIServiceStatus.EMPTY);
    }

    @Override
    public APIService withMetadata(ObjectMeta metadata) {
        return APIServiceBuilder.With.super.withMetadata(metadata);
    }
}
