package io.orchestrator.api.model.apiextensions;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("A service of this cluster.")
@RecordBuilder
public record ServiceReference(
        @Field(value = "The namespace.", required = true, alwaysWritten = true)
        String namespace,

        @Field(value = "The name.", required = true, alwaysWritten = true)
        String name,

        @Field("The path of the URL.") @Nullable String path,
        @Field("The port; 443 if absent.") @Nullable Integer port)
        implements ServiceReferenceBuilder.With {
    public static final ServiceReference EMPTY =
            ServiceReferenceBuilder.builder().build();

    public ServiceReference {
        namespace = Fields.text(namespace);
        name = Fields.text(name);
    }
}
