package io.orchestrator.samples.cluster;

import io.orchestrator.core.embed.ClusterBuilder;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How patient the control plane is with silent nodes; named as that of kube-controller-manager. */
final class NodeMonitorOption {
    @Option(
            names = "--node-monitor-grace-period",
            defaultValue = "50s",
            converter = ElectionOptions.Spans.class,
            description = "How long a node may be silent before its pods are replaced elsewhere (${DEFAULT-VALUE}).")
    private Duration grace = Duration.ZERO;

    ClusterBuilder apply(ClusterBuilder builder) {
        return builder.nodeMonitorGrace(grace);
    }
}
