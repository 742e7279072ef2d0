package io.orchestrator.api.model.networking;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("A service as a goal.")
@RecordBuilder
public record IngressServiceBackend(
        @Field(value = "The name of the object.", tag = 1, required = true, alwaysWritten = true)
        String name,

        @Field(value = "The port of the service.", tag = 2) ServiceBackendPort port)
        implements IngressServiceBackendBuilder.With {
    public static final IngressServiceBackend EMPTY =
            IngressServiceBackendBuilder.builder().build();

    public IngressServiceBackend {
        name = Fields.text(name);
        port = Fields.orElse(port, ServiceBackendPort.EMPTY);
    }
}
