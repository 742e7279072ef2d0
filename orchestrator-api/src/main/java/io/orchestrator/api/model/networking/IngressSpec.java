package io.orchestrator.api.model.networking;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Description("What an ingress leads where.")
@RecordBuilder
public record IngressSpec(
        @Field(value = "The class, and so the controller, that serves it.", tag = 4) @Nullable
        String ingressClassName,

        @Field(value = "Where requests go that no rule fits.", tag = 1) @Nullable
        IngressBackend defaultBackend,

        @Field(value = "The certificates, by host.", tag = 2, listType = ListType.ATOMIC)
        List<IngressTLS> tls,

        @Field(
                value = "What goes where, by host; without any, all goes to the default.",
                tag = 3,
                listType = ListType.ATOMIC)
        List<IngressRule> rules)
        implements IngressSpecBuilder.With {
    public static final IngressSpec EMPTY = IngressSpecBuilder.builder().build();

    public IngressSpec {
        tls = Fields.list(tls);
        rules = Fields.list(rules);
    }
}
