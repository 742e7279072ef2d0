package io.orchestrator.core.agent;

import io.orchestrator.api.model.core.HostAlias;
import io.orchestrator.api.model.core.Pod;
import java.util.List;

/** What {@code /etc/hosts} says in a pod's containers, as Kubernetes writes it. Pure. */
final class PodHosts {
    private static final String OF_POD = "# Kubernetes-managed hosts file.\n";
    private static final String OF_NODE = "# Kubernetes-managed hosts file (host network).\n";
    private static final String LOCAL = """
            127.0.0.1\tlocalhost
            ::1\tlocalhost ip6-localhost ip6-loopback
            fe00::0\tip6-localnet
            fe00::0\tip6-mcastprefix
            fe00::1\tip6-allnodes
            fe00::2\tip6-allrouters
            """;

    private PodHosts() {}

    /**
     * Of a pod with an address of its own.
     *
     * @param domain what the pod's name is followed by in the cluster's DNS; empty for nothing
     */
    static String ofPod(Pod pod, List<String> addresses, String hostname, String domain) {
        StringBuilder text = new StringBuilder(OF_POD).append(LOCAL);
        for (String address : addresses) {
            text.append(address).append('\t');
            if (!domain.isEmpty()) {
                text.append(hostname).append('.').append(domain).append('\t');
            }
            text.append(hostname).append('\n');
        }
        return text.append(aliases(pod)).toString();
    }

    /** Of a pod on the node's network. @param node the node's own file */
    static String ofNode(Pod pod, String node) {
        return OF_NODE + node + (node.isEmpty() || node.endsWith("\n") ? "" : "\n") + aliases(pod);
    }

    private static String aliases(Pod pod) {
        StringBuilder text = new StringBuilder();
        for (HostAlias alias : pod.spec().hostAliases()) {
            if (text.isEmpty()) {
                text.append("\n# Entries added by HostAliases.\n");
            }
            text.append(alias.ip())
                    .append('\t')
                    .append(String.join("\t", alias.hostnames()))
                    .append('\n');
        }
        return text.toString();
    }
}
