package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Description("A point of entry of a load balancer.")
@RecordBuilder
public record LoadBalancerIngress(
        @Field(value = "Its address, if it has one.", tag = 1)
        String ip,

        @Field(value = "Its name, if it has one.", tag = 2) String hostname,

        @Field(value = "Whether packets arrive with the address of the balancer or of the node.", tag = 3) @Nullable
        String ipMode,

        @Field(value = "The state of its ports.", tag = 4, listType = ListType.ATOMIC)
        List<PortStatus> ports)
        implements LoadBalancerIngressBuilder.With {
    public static final LoadBalancerIngress EMPTY =
            LoadBalancerIngressBuilder.builder().build();

    public LoadBalancerIngress {
        ip = Fields.text(ip);
        hostname = Fields.text(hostname);
        ports = Fields.list(ports);
    }
}
