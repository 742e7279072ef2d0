package io.orchestrator.core.agent;

import io.orchestrator.api.meta.ConditionStatus;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.core.DaemonEndpoint;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.NodeAddress;
import io.orchestrator.api.model.core.NodeBuilder;
import io.orchestrator.api.model.core.NodeCondition;
import io.orchestrator.api.model.core.NodeConditionType;
import io.orchestrator.api.model.core.NodeDaemonEndpoints;
import io.orchestrator.api.model.core.NodeSpecBuilder;
import io.orchestrator.api.model.core.NodeStatus;
import io.orchestrator.api.model.core.NodeStatusBuilder;
import io.orchestrator.api.model.core.NodeSystemInfo;
import io.orchestrator.spi.runtime.RuntimeInfo;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the node says of itself. Pure. */
final class NodeObject {
    static final String HOSTNAME = "kubernetes.io/hostname";
    private static final String VERSION = "v1.32.0";

    private NodeObject() {}

    /** All labels, the well-known ones included. */
    static Map<String, String> labels(AgentConfig config) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("beta.kubernetes.io/arch", architecture());
        labels.put("beta.kubernetes.io/os", operatingSystem());
        labels.put("kubernetes.io/arch", architecture());
        labels.put(HOSTNAME, config.nodeName());
        labels.put("kubernetes.io/os", operatingSystem());
        labels.putAll(config.labels());
        return labels;
    }

    static Node fresh(AgentConfig config) {
        return NodeBuilder.builder()
                .metadata(ObjectMetaBuilder.builder(ObjectMeta.named(config.nodeName()))
                        .labels(labels(config))
                        .build())
                .spec(NodeSpecBuilder.builder().taints(config.taints()).build())
                .build();
    }

    /** @param before the status that the API has; conditions of others stay */
    static NodeStatus status(AgentConfig config, RuntimeInfo info, NodeStatus before, NodeHealth health, Instant now) {
        Map<String, NodeCondition> conditions = new LinkedHashMap<>();
        before.conditions().forEach(condition -> conditions.put(condition.type(), condition));
        pressure(conditions, before, now, health, Shortage.MEMORY, "Memory", "sufficient memory available", "memory");
        pressure(conditions, before, now, health, Shortage.DISK, "Disk", "no disk pressure", "disk space");
        pressure(conditions, before, now, health, Shortage.PIDS, "PID", "sufficient PID available", "PID");
        boolean ready = health.runtimeAnswers() && !health.shuttingDown();
        put(
                conditions,
                before,
                now,
                NodeConditionType.READY,
                ready ? ConditionStatus.TRUE : ConditionStatus.FALSE,
                ready ? "KubeletReady" : "KubeletNotReady",
                ready
                        ? "kubelet is posting ready status"
                        : health.shuttingDown() ? "node is shutting down" : "container runtime is down");
        return NodeStatusBuilder.builder(before)
                .capacity(resources(config, before.capacity()))
                .allocatable(resources(config, before.allocatable()))
                .conditions(List.copyOf(conditions.values()))
                .addresses(List.of(
                        new NodeAddress("InternalIP", config.hostIp()), new NodeAddress("Hostname", config.nodeName())))
                .images(health.images())
                .daemonEndpoints(new NodeDaemonEndpoints(new DaemonEndpoint(health.port())))
                .nodeInfo(systemInfo(config, info))
                .build();
    }

    private static void pressure(
            Map<String, NodeCondition> conditions,
            NodeStatus before,
            Instant now,
            NodeHealth health,
            Shortage shortage,
            String subject,
            String well,
            String lacking) {
        boolean isShort = health.shortages().contains(shortage);
        String enough = shortage == Shortage.DISK ? "KubeletHasNoDiskPressure" : "KubeletHasSufficient" + subject;
        put(
                conditions,
                before,
                now,
                shortage.condition(),
                isShort ? ConditionStatus.TRUE : ConditionStatus.FALSE,
                isShort
                        ? "KubeletHas" + (shortage == Shortage.DISK ? "" : "Insufficient") + subject
                                + (shortage == Shortage.DISK ? "Pressure" : "")
                        : enough,
                isShort ? "kubelet has insufficient " + lacking + " available" : "kubelet has " + well);
    }

    /** Resources of others, such as devices, stay as they are. */
    private static Map<String, Quantity> resources(AgentConfig config, Map<String, Quantity> before) {
        Map<String, Quantity> all = new LinkedHashMap<>(before);
        all.putAll(config.capacity());
        return all;
    }

    /** Whether the two differ in more than the moment of their heartbeats. */
    static boolean differ(NodeStatus one, NodeStatus other) {
        return !withoutHeartbeats(one).equals(withoutHeartbeats(other));
    }

    private static NodeStatus withoutHeartbeats(NodeStatus status) {
        return NodeStatusBuilder.builder(status)
                .conditions(status.conditions().stream()
                        .map(condition -> condition.withLastHeartbeatTime(null))
                        .toList())
                .build();
    }

    private static void put(
            Map<String, NodeCondition> conditions,
            NodeStatus before,
            Instant now,
            String type,
            String status,
            String reason,
            String message) {
        Optional<NodeCondition> known = before.condition(type);
        Time since = known.filter(condition -> condition.status().equals(status))
                .map(NodeCondition::lastTransitionTime)
                .orElseGet(() -> Time.of(now));
        conditions.put(type, new NodeCondition(type, status, Time.of(now), since, reason, message));
    }

    private static NodeSystemInfo systemInfo(AgentConfig config, RuntimeInfo info) {
        String system = System.getProperty("os.name", "") + " " + System.getProperty("os.version", "");
        return new NodeSystemInfo(
                config.nodeName(),
                config.nodeName(),
                config.clusterId(),
                System.getProperty("os.version", ""),
                system.strip(),
                info.name() + "://" + info.version(),
                VERSION,
                VERSION,
                operatingSystem(),
                architecture());
    }

    static String operatingSystem() {
        String name = System.getProperty("os.name", "linux").toLowerCase(Locale.ROOT);
        return name.startsWith("mac") ? "darwin" : name.startsWith("windows") ? "windows" : "linux";
    }

    private static String architecture() {
        String name = System.getProperty("os.arch", "amd64");
        return switch (name) {
            case "x86_64" -> "amd64";
            case "aarch64" -> "arm64";
            default -> name;
        };
    }
}
