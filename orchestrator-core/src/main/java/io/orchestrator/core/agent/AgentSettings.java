package io.orchestrator.core.agent;

import io.orchestrator.api.meta.Quantity;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an agent was told, as a kubelet's configuration would say it. Pure. */
final class AgentSettings {
    private AgentSettings() {}

    /** @param port at which the node is asked by HTTPS; 0 where it is not */
    static Map<String, Object> of(AgentConfig config, int port) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("enableServer", port > 0);
        settings.put("port", port);
        settings.put("clusterDomain", config.clusterDomain());
        List<String> servers = config.clusterDns().servers();
        if (!servers.isEmpty()) {
            settings.put("clusterDNS", servers);
        }
        settings.put("nodeStatusUpdateFrequency", go(config.timing().leaseRenewal()));
        settings.put("nodeStatusReportFrequency", go(config.timing().statusRenewal()));
        settings.put("nodeLeaseDurationSeconds", config.timing().leaseDuration().toSeconds());
        settings.put("runtimeRequestTimeout", go(config.timing().callDeadline()));
        settings.put(
                "maxPods", config.capacity().getOrDefault("pods", Quantity.ZERO).value());
        return settings;
    }

    /** As Go writes spans. */
    private static String go(Duration span) {
        long hours = span.toHours();
        String minutes = span.toMinutesPart() + "m";
        String seconds = span.toSecondsPart() + "s";
        return hours > 0 ? hours + "h" + minutes + seconds : span.toMinutes() > 0 ? minutes + seconds : seconds;
    }
}
