package io.orchestrator.spi.runtime;

import java.util.List;
import java.util.Map;

/**
 * The pod's shared surroundings.
 *
 * @param id deterministic and unique within the owner, made of the pod's uid and {@code attempt}; fit for a container name
 * @param attempt counts the sandboxes of this pod from 0; a sandbox that died is replaced by the next attempt
 * @param hostname the name inside the pod
 * @param domain what the name is followed by where somebody asks for all of it; empty for nothing
 * @param hosts further lines of {@code /etc/hosts}, address to names
 * @param portMappings ports of the node that lead into the pod
 * @param cgroupParent where limits of the whole pod are set; empty for the engine's default
 * @param sysctls kernel settings of the pod's namespaces
 */
public record SandboxSpec(
        String id,
        int attempt,
        PodIdentity pod,
        String hostname,
        String domain,
        DnsSetup dns,
        Map<String, List<String>> hosts,
        List<PortMapping> portMappings,
        Namespaces namespaces,
        String cgroupParent,
        Map<String, String> sysctls,
        Map<String, String> labels,
        Map<String, String> annotations) {

    public SandboxSpec {
        hosts = Map.copyOf(hosts);
        portMappings = List.copyOf(portMappings);
        sysctls = Map.copyOf(sysctls);
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
    }

    /** What {@code /etc/resolv.conf} says. */
    public record DnsSetup(List<String> servers, List<String> searches, List<String> options) {
        public DnsSetup {
            servers = List.copyOf(servers);
            searches = List.copyOf(searches);
            options = List.copyOf(options);
        }

        /** The engine's own default. */
        public static DnsSetup engineDefault() {
            return new DnsSetup(List.of(), List.of(), List.of());
        }
    }

    /**
     * A port of the node that leads into the pod.
     *
     * @param hostIp the address to listen on; empty for all
     * @param protocol TCP, UDP or SCTP
     */
    public record PortMapping(String hostIp, int hostPort, int containerPort, String protocol) {}

    /** Which namespaces are the node's own. */
    public record Namespaces(boolean hostNetwork, boolean hostPid, boolean hostIpc, boolean sharedPid) {
        public static Namespaces ofPod() {
            return new Namespaces(false, false, false, false);
        }
    }
}
