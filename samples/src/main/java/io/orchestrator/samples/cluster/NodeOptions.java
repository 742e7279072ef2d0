package io.orchestrator.samples.cluster;

import io.orchestrator.apiserver.node.NodeServer;
import io.orchestrator.core.agent.PressureLimits;
import io.orchestrator.core.embed.ClusterBuilder;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a kubelet's flags say about a node, for the nodes of this program. All of it is off unless asked for. */
final class NodeOptions {
    private static final int NONE = -1;

    @Option(
            names = "--kubelet-port",
            defaultValue = "-1",
            description = "HTTPS port of the node, 0 for any (none; with several nodes it must be 0).")
    private int port;

    @Option(
            names = "--read-only-port",
            defaultValue = "-1",
            description = "Port on which everybody on this machine may read what the node tells, 0 for any (none).")
    private int readOnlyPort;

    @Option(
            names = "--eviction-hard",
            description = "When pods make room, such as memory.available<100Mi,nodefs.available<10%%.")
    private @Nullable String eviction;

    @Option(
            names = "--shutdown-grace-period",
            description = "Seconds in which pods end, and are said to have been terminated, when the program ends.")
    private @Nullable Integer shutdownSeconds;

    @Option(
            names = "--shutdown-grace-period-critical-pods",
            defaultValue = "10",
            description = "The same for the pods of the system, which end last (${DEFAULT-VALUE}).")
    private int criticalSeconds;

    @Option(names = "--pod-manifest-path", description = "A directory with manifests of static pods.")
    private @Nullable Path manifests;

    ClusterBuilder applyTo(ClusterBuilder builder) {
        if (port != NONE) {
            NodeServer server = NodeServer.onPort(port);
            builder.nodeServer(readOnlyPort == NONE ? server : server.withReadOnlyPort(readOnlyPort));
        } else if (readOnlyPort != NONE) {
            builder.nodeServer(NodeServer.onPort(0).withReadOnlyPort(readOnlyPort));
        }
        if (eviction != null) {
            builder.relieveNodes(PressureLimits.parse(eviction));
        }
        if (shutdownSeconds != null) {
            builder.shutDownNodes(Duration.ofSeconds(shutdownSeconds), Duration.ofSeconds(criticalSeconds));
        }
        return manifests == null ? builder : builder.staticPods(manifests);
    }
}
