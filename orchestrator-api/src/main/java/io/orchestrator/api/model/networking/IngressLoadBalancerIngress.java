package io.orchestrator.api.model.networking;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@Description("A point at which traffic comes in.")
@RecordBuilder
public record IngressLoadBalancerIngress(
        @Field(value = "Its IP address.", tag = 1) String ip,
        @Field(value = "Its host name.", tag = 2) String hostname,

        @Field(value = "Its ports.", tag = 4, listType = ListType.ATOMIC)
        List<IngressPortStatus> ports)
        implements IngressLoadBalancerIngressBuilder.With {
    public static final IngressLoadBalancerIngress EMPTY =
            IngressLoadBalancerIngressBuilder.builder().build();

    public IngressLoadBalancerIngress {
        ip = Fields.text(ip);
        hostname = Fields.text(hostname);
        ports = Fields.list(ports);
    }
}
