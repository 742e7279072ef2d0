package io.orchestrator.api.model.apiregistration;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("A service of the cluster.")
@RecordBuilder
public record ServiceReference(
        @Field(value = "The namespace of the object.", tag = 1)
        String namespace,

        @Field(value = "The name of the object.", tag = 2) String name,

        @Field(value = "The port of the service; 443 without it.", tag = 3) @Nullable
        Integer port)
        implements ServiceReferenceBuilder.With {
    public static final ServiceReference EMPTY =
            ServiceReferenceBuilder.builder().build();

    public ServiceReference {
        namespace = Fields.text(namespace);
        name = Fields.text(name);
    }
}
