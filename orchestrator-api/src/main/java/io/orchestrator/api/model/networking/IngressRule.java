package io.orchestrator.api.model.networking;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("What goes where for one host.")
@RecordBuilder
public record IngressRule(
        @Field(value = "The host name, whose first label may be *; empty for all hosts.", tag = 1)
        String host,

        @Field(value = "What goes where, by path.", tag = 1, within = 2) @Nullable
        HTTPIngressRuleValue http)
        implements IngressRuleBuilder.With {
    public static final IngressRule EMPTY = IngressRuleBuilder.builder().build();

    public IngressRule {
        host = Fields.text(host);
    }
}
