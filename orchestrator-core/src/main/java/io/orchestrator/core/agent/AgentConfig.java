package io.orchestrator.core.agent;

import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.core.Taint;
import io.orchestrator.spi.runtime.SandboxSpec.DnsSetup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What a node agent is told about its node.
 *
 * @param clusterId stable over restarts of the cluster; it marks what the agent creates
 * @param labels besides the well-known ones, which the agent sets itself
 * @param taints put on the node when it is registered, and only then
 * @param capacity by resource, such as {@code cpu}, {@code memory}, {@code pods}; all of it is allocatable
 * @param hostIp the node's address, as pods see it in {@code status.hostIP}
 * @param directory where volumes are made; the agent owns what lies under it
 * @param policy what pods may ask of the node
 * @param clusterDns how pods with the policy ClusterFirst resolve names; the engine's default where it has no servers
 * @param clusterDomain such as {@code cluster.local}
 * @param volumes where the cluster's own provisioner has the volumes of claims, which pods may use whatever the policy says of paths
 *     of the host
 * @param terminationMessages whether containers get a file for their last words, where the runtime can mount one
 */
public record AgentConfig(
        String clusterId,
        String nodeName,
        Map<String, String> labels,
        List<Taint> taints,
        Map<String, Quantity> capacity,
        String hostIp,
        Path directory,
        Policy policy,
        DnsSetup clusterDns,
        String clusterDomain,
        boolean terminationMessages,
        Timing timing,
        Path volumes) {

    public AgentConfig {
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        taints = List.copyOf(taints);
        capacity = Collections.unmodifiableMap(new LinkedHashMap<>(capacity));
    }

    /** What pods may ask of the node. */
    public record Policy(boolean privileged, boolean hostPath, boolean hostNetwork) {
        public static Policy restricted() {
            return new Policy(false, false, false);
        }

        public static Policy trusting() {
            return new Policy(true, true, true);
        }
    }

    /**
     * How often and how long.
     *
     * @param callDeadline of each call of the runtime, pulls and stops aside
     * @param relist how often the runtime is asked for everything, whatever it reports by itself
     * @param volumeRefresh how often the files of running pods are brought up to date
     * @param storageLook how often pods with limits on the node's disk are measured
     * @param imageLook how often it is asked which images there are
     */
    public record Timing(
            Duration leaseRenewal,
            Duration leaseDuration,
            Duration statusRenewal,
            Duration callDeadline,
            Duration pullDeadline,
            Duration relist,
            Duration volumeRefresh,
            Duration storageLook,
            Duration imageLook) {
        /** How long the runtime may say nothing before it is taken to be away. */
        Duration patience() {
            return relist.multipliedBy(2).plus(callDeadline);
        }

        public static Timing standard() {
            return new Timing(
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(40),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(2),
                    Duration.ofMinutes(15),
                    Duration.ofSeconds(15),
                    Duration.ofMinutes(1),
                    Duration.ofSeconds(10),
                    Duration.ofMinutes(1));
        }
    }

    /** A node of 4 cores, 8 GiB and 110 pods that grants nothing of the host. */
    public static AgentConfig of(String clusterId, String nodeName, Path directory) {
        return new AgentConfig(
                clusterId,
                nodeName,
                Map.of(),
                List.of(),
                capacity("4", "8Gi", 110),
                "127.0.0.1",
                directory,
                Policy.restricted(),
                DnsSetup.engineDefault(),
                "cluster.local",
                true,
                Timing.standard(),
                directory.resolve("claims"));
    }

    private static Map<String, Quantity> capacity(String cpu, String memory, int pods) {
        Map<String, Quantity> capacity = new LinkedHashMap<>();
        capacity.put("cpu", Quantity.parse(cpu));
        capacity.put("ephemeral-storage", Quantity.parse("100Gi"));
        capacity.put("memory", Quantity.parse(memory));
        capacity.put("pods", Quantity.of(pods));
        return capacity;
    }

    public AgentConfig withCapacity(String cpu, String memory, int pods) {
        return with(parts -> parts.capacity = capacity(cpu, memory, pods));
    }

    public AgentConfig withLabels(Map<String, String> labels) {
        return with(parts -> parts.labels = labels);
    }

    public AgentConfig withTaints(List<Taint> taints) {
        return with(parts -> parts.taints = taints);
    }

    public AgentConfig withHostIp(String hostIp) {
        return with(parts -> parts.hostIp = hostIp);
    }

    public AgentConfig withPolicy(Policy policy) {
        return with(parts -> parts.policy = policy);
    }

    public AgentConfig withDns(DnsSetup clusterDns, String clusterDomain) {
        return with(parts -> {
            parts.clusterDns = clusterDns;
            parts.clusterDomain = clusterDomain;
        });
    }

    public AgentConfig withTiming(Timing timing) {
        return with(parts -> parts.timing = timing);
    }

    public AgentConfig withTerminationMessages(boolean terminationMessages) {
        return with(parts -> parts.terminationMessages = terminationMessages);
    }

    public AgentConfig withVolumes(Path volumes) {
        return with(parts -> parts.volumes = volumes);
    }

    private AgentConfig with(Consumer<Parts> edit) {
        Parts parts = new Parts(this);
        edit.accept(parts);
        return parts.whole();
    }

    /** What is edited before it becomes one again. */
    private static final class Parts {
        private final String clusterId;
        private final String nodeName;
        private Map<String, String> labels;
        private List<Taint> taints;
        private Map<String, Quantity> capacity;
        private String hostIp;
        private final Path directory;
        private Policy policy;
        private DnsSetup clusterDns;
        private String clusterDomain;
        private boolean terminationMessages;
        private Timing timing;
        private Path volumes;

        Parts(AgentConfig of) {
            this.clusterId = of.clusterId;
            this.nodeName = of.nodeName;
            this.labels = of.labels;
            this.taints = of.taints;
            this.capacity = of.capacity;
            this.hostIp = of.hostIp;
            this.directory = of.directory;
            this.policy = of.policy;
            this.clusterDns = of.clusterDns;
            this.clusterDomain = of.clusterDomain;
            this.terminationMessages = of.terminationMessages;
            this.timing = of.timing;
            this.volumes = of.volumes;
        }

        AgentConfig whole() {
            return new AgentConfig(
                    clusterId,
                    nodeName,
                    labels,
                    taints,
                    capacity,
                    hostIp,
                    directory,
                    policy,
                    clusterDns,
                    clusterDomain,
                    terminationMessages,
                    timing,
                    volumes);
        }
    }
}
