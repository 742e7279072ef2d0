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

@Description("Pod spec.")
@RecordBuilder
public record PodSpec(
        @Field(
                value = "Volumes.",
                tag = 1,
                mergeKey = "name",
                patch = {PatchStrategy.MERGE, PatchStrategy.RETAIN_KEYS},
                listType = ListType.MAP,
                mapKeys = "name")
        List<Volume> volumes,

        @Field(
                value = "Init containers.",
                tag = 20,
                mergeKey = "name",
                patch = PatchStrategy.MERGE,
                listType = ListType.MAP,
                mapKeys = "name")
        List<Container> initContainers,

        @Field(
                value = "Containers.",
                tag = 2,
                required = true,
                alwaysWritten = true,
                mergeKey = "name",
                patch = PatchStrategy.MERGE,
                listType = ListType.MAP,
                mapKeys = "name")
        List<Container> containers,

        @Field(
                value = "Ephemeral containers.",
                tag = 34,
                mergeKey = "name",
                patch = PatchStrategy.MERGE,
                listType = ListType.MAP,
                mapKeys = "name")
        List<EphemeralContainer> ephemeralContainers,

        @Field(
                value = "Restart policy.",
                tag = 3,
                enumValues = {RestartPolicy.ALWAYS, RestartPolicy.ON_FAILURE, RestartPolicy.NEVER})
        String restartPolicy,

        @Field(value = "Termination grace period seconds.", tag = 4) @Nullable
        Long terminationGracePeriodSeconds,

        @Field(value = "Active deadline seconds.", tag = 5) @Nullable
        Long activeDeadlineSeconds,

        @Field(
                value = "Dns policy.",
                tag = 6,
                enumValues = {
                    DNSPolicy.CLUSTER_FIRST_WITH_HOST_NET,
                    DNSPolicy.CLUSTER_FIRST,
                    DNSPolicy.DEFAULT,
                    DNSPolicy.NONE
                })
        String dnsPolicy,

        @Field(value = "Node selector.", tag = 7, mapType = MapType.ATOMIC)
        Map<String, String> nodeSelector,

        @Field(value = "Service account name.", tag = 8) String serviceAccountName,
        @Field(value = "Service account.", tag = 9) String serviceAccount,

        @Field(value = "Automount service account token.", tag = 21) @Nullable
        Boolean automountServiceAccountToken,

        @Field(value = "Node name.", tag = 10) String nodeName,
        @Field(value = "Host network.", tag = 11) boolean hostNetwork,
        @Field(value = "Host pid.", tag = 12) boolean hostPID,
        @Field(value = "Host ipc.", tag = 13) boolean hostIPC,

        @Field(value = "Share process namespace.", tag = 27) @Nullable
        Boolean shareProcessNamespace,

        @Field(value = "Security context.", tag = 14) @Nullable
        PodSecurityContext securityContext,

        @Field(
                value = "Image pull secrets.",
                tag = 15,
                mergeKey = "name",
                patch = PatchStrategy.MERGE,
                listType = ListType.MAP,
                mapKeys = "name")
        List<LocalObjectReference> imagePullSecrets,

        @Field(value = "Hostname.", tag = 16) String hostname,
        @Field(value = "Subdomain.", tag = 17) String subdomain,
        @Field(value = "Affinity.", tag = 18) @Nullable Affinity affinity,
        @Field(value = "Scheduler name.", tag = 19) String schedulerName,

        @Field(value = "Tolerations.", tag = 22, listType = ListType.ATOMIC)
        List<Toleration> tolerations,

        @Field(
                value = "Host aliases.",
                tag = 23,
                mergeKey = "ip",
                patch = PatchStrategy.MERGE,
                listType = ListType.MAP,
                mapKeys = "ip")
        List<HostAlias> hostAliases,

        @Field(value = "Priority class name.", tag = 24) String priorityClassName,
        @Field(value = "Priority.", tag = 25) @Nullable Integer priority,
        @Field(value = "Dns config.", tag = 26) @Nullable PodDNSConfig dnsConfig,

        @Field(value = "Readiness gates.", tag = 28, listType = ListType.ATOMIC)
        List<PodReadinessGate> readinessGates,

        @Field(value = "Runtime class name.", tag = 29) @Nullable
        String runtimeClassName,

        @Field(value = "Enable service links.", tag = 30) @Nullable
        Boolean enableServiceLinks,

        @Field(
                value = "Preemption policy.",
                tag = 31,
                enumValues = {PreemptionPolicy.PREEMPT_LOWER_PRIORITY, PreemptionPolicy.NEVER})
        @Nullable
        String preemptionPolicy,

        @Field(value = "Overhead.", tag = 32) Map<String, Quantity> overhead,

        @Field(
                value = "Topology spread constraints.",
                tag = 33,
                mergeKey = "topologyKey",
                patch = PatchStrategy.MERGE,
                listType = ListType.MAP,
                mapKeys = {"topologyKey", "whenUnsatisfiable"})
        List<TopologySpreadConstraint> topologySpreadConstraints,

        @Field(value = "Set hostname as fqdn.", tag = 35) @Nullable
        Boolean setHostnameAsFQDN,

        @Field(value = "Os.", tag = 36) @Nullable PodOS os,
        @Field(value = "Host users.", tag = 37) @Nullable Boolean hostUsers,

        @Field(
                value = "Scheduling gates.",
                tag = 38,
                mergeKey = "name",
                patch = PatchStrategy.MERGE,
                listType = ListType.MAP,
                mapKeys = "name")
        List<PodSchedulingGate> schedulingGates,

        @Field(
                value = "Resource claims.",
                tag = 39,
                mergeKey = "name",
                patch = {PatchStrategy.MERGE, PatchStrategy.RETAIN_KEYS},
                listType = ListType.MAP,
                mapKeys = "name")
        List<PodResourceClaim> resourceClaims,

        @Field(value = "Resources.", tag = 40) @Nullable ResourceRequirements resources)
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
