package io.orchestrator.api.model.networking;

import io.orchestrator.api.model.core.TypedLocalObjectReference;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Where requests go: to a service or to another resource.")
@RecordBuilder
public record IngressBackend(
        @Field(value = "The service and its port.", tag = 4) @Nullable
        IngressServiceBackend service,

        @Field(value = "Another object of the same namespace.", tag = 3) @Nullable
        TypedLocalObjectReference resource)
        implements IngressBackendBuilder.With {
    public static final IngressBackend EMPTY = IngressBackendBuilder.builder().build();
}
