package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.Quantity;
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

@Description("How a pod is to run.")
@RecordBuilder
public record PodSpec(
        @Field(
                value = "The volumes that the containers can mount.",
                tag = 1,
                mergeKey = "name",
                patch = {PatchStrategy.MERGE, PatchStrategy.RETAIN_KEYS},
                listType = ListType.MAP,
                mapKeys = "name")
        List<Volume> volumes,

        @Field(
                value = "Containers that run one after another before the others start.",
                tag = 20,
                mergeKey = "name",
                patch = PatchStrategy.MERGE,
                listType = ListType.MAP,
                mapKeys = "name")
        List<Container> initContainers,

        @Field(
                value = "The containers, at least one.",
                tag = 2,
                required = true,
                alwaysWritten = true,
                mergeKey = "name",
                patch = PatchStrategy.MERGE,
                listType = ListType.MAP,
                mapKeys = "name")
        List<Container> containers,

        @Field(
                value = "Containers added to a running pod to look into it.",
                tag = 34,
                mergeKey = "name",
                patch = PatchStrategy.MERGE,
                listType = ListType.MAP,
                mapKeys = "name")
        List<EphemeralContainer> ephemeralContainers,

        @Field(
                value = "Whether containers that end are started again.",
                tag = 3,
                enumValues = {RestartPolicy.ALWAYS, RestartPolicy.ON_FAILURE, RestartPolicy.NEVER})
        String restartPolicy,

        @Field(value = "How long containers have to end once told so, before they are killed.", tag = 4) @Nullable
        Long terminationGracePeriodSeconds,

        @Field(value = "How long the pod may be active on its node before it is failed.", tag = 5) @Nullable
        Long activeDeadlineSeconds,

        @Field(
                value = "Where the containers look up names.",
                tag = 6,
                enumValues = {
                    DNSPolicy.CLUSTER_FIRST_WITH_HOST_NET,
                    DNSPolicy.CLUSTER_FIRST,
                    DNSPolicy.DEFAULT,
                    DNSPolicy.NONE
                })
        String dnsPolicy,

        @Field(value = "The labels that a node must have.", tag = 7, mapType = MapType.ATOMIC)
        Map<String, String> nodeSelector,

        @Field(value = "The account that the pod acts as.", tag = 8)
        String serviceAccountName,

        @Field(value = "The former name of serviceAccountName.", tag = 9)
        String serviceAccount,

        @Field(value = "Whether a token of the account is mounted into the containers.", tag = 21) @Nullable
        Boolean automountServiceAccountToken,

        @Field(value = "The node that the pod is bound to; empty until it is scheduled.", tag = 10)
        String nodeName,

        @Field(value = "Whether the pod uses the network of its node.", tag = 11)
        boolean hostNetwork,

        @Field(value = "Whether the pod sees the processes of its node.", tag = 12)
        boolean hostPID,

        @Field(value = "Whether the pod shares the inter-process communication of its node.", tag = 13)
        boolean hostIPC,

        @Field(value = "Whether the containers see each other's processes.", tag = 27) @Nullable
        Boolean shareProcessNamespace,

        @Field(value = "Rights and identities that count for all containers.", tag = 14) @Nullable
        PodSecurityContext securityContext,

        @Field(
                value = "Secrets with the credentials for pulling images.",
                tag = 15,
                mergeKey = "name",
                patch = PatchStrategy.MERGE,
                listType = ListType.MAP,
                mapKeys = "name")
        List<LocalObjectReference> imagePullSecrets,

        @Field(value = "The host name inside; empty takes the name of the pod.", tag = 16)
        String hostname,

        @Field(value = "Makes the host name a full one, below the service of this name.", tag = 17)
        String subdomain,

        @Field(value = "Which nodes, and which company, the pod needs or prefers.", tag = 18) @Nullable
        Affinity affinity,

        @Field(value = "The scheduler that is to place the pod.", tag = 19)
        String schedulerName,

        @Field(value = "The taints of nodes that the pod puts up with.", tag = 22, listType = ListType.ATOMIC)
        List<Toleration> tolerations,

        @Field(
                value = "Lines that are added to the hosts file.",
                tag = 23,
                mergeKey = "ip",
                patch = PatchStrategy.MERGE,
                listType = ListType.MAP,
                mapKeys = "ip")
        List<HostAlias> hostAliases,

        @Field(value = "The name of the class that gives the pod its priority.", tag = 24)
        String priorityClassName,

        @Field(value = "The number that stands for its importance; the class fills it in.", tag = 25) @Nullable
        Integer priority,

        @Field(value = "Settings for name look-ups beyond those of the policy.", tag = 26) @Nullable
        PodDNSConfig dnsConfig,

        @Field(
                value = "Further conditions that must be true before the pod counts as ready.",
                tag = 28,
                listType = ListType.ATOMIC)
        List<PodReadinessGate> readinessGates,

        @Field(value = "The class that chooses the handler of the container runtime.", tag = 29) @Nullable
        String runtimeClassName,

        @Field(value = "Whether services of the namespace show up as environment variables.", tag = 30) @Nullable
        Boolean enableServiceLinks,

        @Field(
                value = "Whether it may drive out pods of lower priority.",
                tag = 31,
                enumValues = {PreemptionPolicy.PREEMPT_LOWER_PRIORITY, PreemptionPolicy.NEVER})
        @Nullable
        String preemptionPolicy,

        @Field(value = "What running the pod costs beyond its containers; its runtime class fills it in.", tag = 32)
        Map<String, Quantity> overhead,

        @Field(
                value = "How evenly pods like this one are to be spread.",
                tag = 33,
                mergeKey = "topologyKey",
                patch = PatchStrategy.MERGE,
                listType = ListType.MAP,
                mapKeys = {"topologyKey", "whenUnsatisfiable"})
        List<TopologySpreadConstraint> topologySpreadConstraints,

        @Field(value = "Whether the kernel's host name is the full one.", tag = 35) @Nullable
        Boolean setHostnameAsFQDN,

        @Field(value = "The operating system that the pod is made for.", tag = 36) @Nullable
        PodOS os,

        @Field(value = "Whether users inside are the users of the node.", tag = 37) @Nullable
        Boolean hostUsers,

        @Field(
                value = "As long as there are any, the pod is not scheduled.",
                tag = 38,
                mergeKey = "name",
                patch = PatchStrategy.MERGE,
                listType = ListType.MAP,
                mapKeys = "name")
        List<PodSchedulingGate> schedulingGates,

        @Field(
                value = "The claims on devices that must be met before the pod starts.",
                tag = 39,
                mergeKey = "name",
                patch = {PatchStrategy.MERGE, PatchStrategy.RETAIN_KEYS},
                listType = ListType.MAP,
                mapKeys = "name")
        List<PodResourceClaim> resourceClaims,

        @Field(value = "What all containers together reserve and may use.", tag = 40) @Nullable
        ResourceRequirements resources)
        implements PodSpecBuilder.With {
    public static final PodSpec EMPTY = PodSpecBuilder.builder().build();

    public PodSpec {
        volumes = Fields.list(volumes);
        initContainers = Fields.list(initContainers);
        containers = Fields.list(containers);
        ephemeralContainers = Fields.list(ephemeralContainers);
        restartPolicy = Fields.text(restartPolicy);
        dnsPolicy = Fields.text(dnsPolicy);
        nodeSelector = Fields.map(nodeSelector);
        serviceAccountName = Fields.text(serviceAccountName);
        serviceAccount = Fields.text(serviceAccount);
        nodeName = Fields.text(nodeName);
        imagePullSecrets = Fields.list(imagePullSecrets);
        hostname = Fields.text(hostname);
        subdomain = Fields.text(subdomain);
        schedulerName = Fields.text(schedulerName);
        tolerations = Fields.list(tolerations);
        hostAliases = Fields.list(hostAliases);
        priorityClassName = Fields.text(priorityClassName);
        readinessGates = Fields.list(readinessGates);
        overhead = Fields.map(overhead);
        topologySpreadConstraints = Fields.list(topologySpreadConstraints);
        schedulingGates = Fields.list(schedulingGates);
        resourceClaims = Fields.list(resourceClaims);
    }
}
