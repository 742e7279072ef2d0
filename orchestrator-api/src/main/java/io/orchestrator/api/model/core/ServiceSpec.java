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

@Description("Service spec.")
@RecordBuilder
public record ServiceSpec(
        @Field(
                value = "Ports.",
                tag = 1,
                mergeKey = "port",
                patch = PatchStrategy.MERGE,
                listType = ListType.MAP,
                mapKeys = {"port", "protocol"})
        List<ServicePort> ports,

        @Field(value = "Selector.", tag = 2, mapType = MapType.ATOMIC)
        Map<String, String> selector,

        @Field(value = "Cluster ip.", tag = 3) String clusterIP,

        @Field(value = "Cluster i ps.", tag = 18, listType = ListType.ATOMIC)
        List<String> clusterIPs,

        @Field(
                value = "Type.",
                tag = 4,
                enumValues = {
                    ServiceType.CLUSTER_IP,
                    ServiceType.NODE_PORT,
                    ServiceType.LOAD_BALANCER,
                    ServiceType.EXTERNAL_NAME
                })
        String type,

        @Field(value = "External i ps.", tag = 5, listType = ListType.ATOMIC)
        List<String> externalIPs,

        @Field(
                value = "Session affinity.",
                tag = 7,
                enumValues = {ServiceAffinity.CLIENT_IP, ServiceAffinity.NONE})
        String sessionAffinity,

        @Field(value = "Load balancer ip.", tag = 8) String loadBalancerIP,

        @Field(value = "Load balancer source ranges.", tag = 9, listType = ListType.ATOMIC)
        List<String> loadBalancerSourceRanges,

        @Field(value = "External name.", tag = 10) String externalName,

        @Field(
                value = "External traffic policy.",
                tag = 11,
                enumValues = {ServiceExternalTrafficPolicy.CLUSTER, ServiceExternalTrafficPolicy.LOCAL})
        String externalTrafficPolicy,

        @Field(value = "Health check node port.", tag = 12) int healthCheckNodePort,

        @Field(value = "Publish not ready addresses.", tag = 13)
        boolean publishNotReadyAddresses,

        @Field(value = "Session affinity config.", tag = 14) @Nullable
        SessionAffinityConfig sessionAffinityConfig,

        @Field(
                value = "Ip families.",
                tag = 19,
                listType = ListType.ATOMIC,
                enumValues = {IPFamily.IPV4, IPFamily.IPV6})
        List<String> ipFamilies,

        @Field(
                value = "Ip family policy.",
                tag = 17,
                enumValues = {
                    IPFamilyPolicy.SINGLE_STACK,
                    IPFamilyPolicy.PREFER_DUAL_STACK,
                    IPFamilyPolicy.REQUIRE_DUAL_STACK
                })
        @Nullable
        String ipFamilyPolicy,

        @Field(value = "Allocate load balancer node ports.", tag = 20) @Nullable
        Boolean allocateLoadBalancerNodePorts,

        @Field(value = "Load balancer class.", tag = 21) @Nullable
        String loadBalancerClass,

        @Field(
                value = "Internal traffic policy.",
                tag = 22,
                enumValues = {ServiceInternalTrafficPolicy.CLUSTER, ServiceInternalTrafficPolicy.LOCAL})
        @Nullable
        String internalTrafficPolicy,

        @Field(value = "Traffic distribution.", tag = 23) @Nullable
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
