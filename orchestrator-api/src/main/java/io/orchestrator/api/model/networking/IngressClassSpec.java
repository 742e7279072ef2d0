package io.orchestrator.api.model.networking;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Who serves a class of ingresses.")
@RecordBuilder
public record IngressClassSpec(
        @Field(value = "The name of the controller, like a path below a domain.", tag = 1)
        String controller,

        @Field(value = "An object with more settings for the controller.", tag = 2) @Nullable
        IngressClassParametersReference parameters)
        implements IngressClassSpecBuilder.With {
    public static final IngressClassSpec EMPTY =
            IngressClassSpecBuilder.builder().build();

    public IngressClassSpec {
        controller = Fields.text(controller);
    }
}
