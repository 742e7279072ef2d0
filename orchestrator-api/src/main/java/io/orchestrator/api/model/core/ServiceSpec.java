package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.orchestrator.api.schema.MapType;
import io.orchestrator.api.schema.PatchStrategy;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Description("How pods are reached as a service.")
@RecordBuilder
public record ServiceSpec(
        @Field(
                value = "The ports of the service.",
                tag = 1,
                mergeKey = "port",
                patch = PatchStrategy.MERGE,
                listType = ListType.MAP,
                mapKeys = {"port", "protocol"})
        List<ServicePort> ports,

        @Field(
                value = "The labels of its pods; empty if someone else manages the endpoints.",
                tag = 2,
                mapType = MapType.ATOMIC)
        Map<String, String> selector,

        @Field(value = "Its address in the cluster; None for a service without one.", tag = 3)
        String clusterIP,

        @Field(value = "Its addresses in the cluster, the first being clusterIP.", tag = 18, listType = ListType.ATOMIC)
        List<String> clusterIPs,

        @Field(
                value = "From where it can be reached.",
                tag = 4,
                enumValues = {
                    ServiceType.CLUSTER_IP,
                    ServiceType.NODE_PORT,
                    ServiceType.LOAD_BALANCER,
                    ServiceType.EXTERNAL_NAME
                })
        String type,

        @Field(
                value = "Further addresses whose traffic, once at a node, is for the service.",
                tag = 5,
                listType = ListType.ATOMIC)
        List<String> externalIPs,

        @Field(
                value = "Whether a client stays with one pod.",
                tag = 7,
                enumValues = {ServiceAffinity.CLIENT_IP, ServiceAffinity.NONE})
        String sessionAffinity,

        @Field(value = "The address to ask a load balancer for; deprecated.", tag = 8)
        String loadBalancerIP,

        @Field(value = "The clients that a load balancer lets in.", tag = 9, listType = ListType.ATOMIC)
        List<String> loadBalancerSourceRanges,

        @Field(value = "The host outside that the service is another name for.", tag = 10)
        String externalName,

        @Field(
                value = "Whether traffic from outside stays on the node that it reaches.",
                tag = 11,
                enumValues = {ServiceExternalTrafficPolicy.CLUSTER, ServiceExternalTrafficPolicy.LOCAL})
        String externalTrafficPolicy,

        @Field(value = "The port that tells load balancers whether the node has pods of the service.", tag = 12)
        int healthCheckNodePort,

        @Field(value = "Whether pods that are not ready count as ready.", tag = 13)
        boolean publishNotReadyAddresses,

        @Field(value = "How long a client stays with one pod.", tag = 14) @Nullable
        SessionAffinityConfig sessionAffinityConfig,

        @Field(
                value = "The families of its addresses.",
                tag = 19,
                listType = ListType.ATOMIC,
                enumValues = {IPFamily.IPV4, IPFamily.IPV6})
        List<String> ipFamilies,

        @Field(
                value = "Whether it needs or likes addresses of both families.",
                tag = 17,
                enumValues = {
                    IPFamilyPolicy.SINGLE_STACK,
                    IPFamilyPolicy.PREFER_DUAL_STACK,
                    IPFamilyPolicy.REQUIRE_DUAL_STACK
                })
        @Nullable
        String ipFamilyPolicy,

        @Field(value = "Whether a load balancer's service gets node ports.", tag = 20) @Nullable
        Boolean allocateLoadBalancerNodePorts,

        @Field(value = "The load balancer that is to serve it.", tag = 21) @Nullable
        String loadBalancerClass,

        @Field(
                value = "Whether traffic from inside stays on its node.",
                tag = 22,
                enumValues = {ServiceInternalTrafficPolicy.CLUSTER, ServiceInternalTrafficPolicy.LOCAL})
        @Nullable
        String internalTrafficPolicy,

        @Field(value = "Which endpoints are preferred, such as those close by.", tag = 23) @Nullable
        String trafficDistribution)
        implements ServiceSpecBuilder.With {
    public static final ServiceSpec EMPTY = ServiceSpecBuilder.builder().build();

    public ServiceSpec {
        ports = Fields.list(ports);
        selector = Fields.map(selector);
        clusterIP = Fields.text(clusterIP);
        clusterIPs = Fields.list(clusterIPs);
        type = Fields.text(type);
        externalIPs = Fields.list(externalIPs);
        sessionAffinity = Fields.text(sessionAffinity);
        loadBalancerIP = Fields.text(loadBalancerIP);
        loadBalancerSourceRanges = Fields.list(loadBalancerSourceRanges);
        externalName = Fields.text(externalName);
        externalTrafficPolicy = Fields.text(externalTrafficPolicy);
        ipFamilies = Fields.list(ipFamilies);
    }
}
