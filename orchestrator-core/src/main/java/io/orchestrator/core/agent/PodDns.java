package io.orchestrator.core.agent;

import io.orchestrator.api.model.core.DNSPolicy;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodDNSConfig;
import io.orchestrator.api.model.core.PodDNSConfigOption;
import io.orchestrator.spi.runtime.SandboxSpec.DnsSetup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** How a pod resolves names, by its policy and what it says of its own. Pure. */
final class PodDns {
    private static final int MOST_SERVERS = 3;
    private static final int MOST_SEARCHES = 32;
    private static final int LONGEST_SEARCHES = 2048;

    private PodDns() {}

    /**
     * @param ofCluster whether the cluster's own DNS is meant
     * @param complaints what had to be left out
     */
    record Setup(DnsSetup dns, boolean ofCluster, List<String> complaints) {}

    /**
     * @param cluster how names of the cluster are resolved; without servers, pods resolve as their node does
     * @param domain such as {@code cluster.local}
     */
    static Setup of(Pod pod, DnsSetup cluster, String domain) {
        boolean ofCluster = isClusterFirst(pod) && !cluster.servers().isEmpty();
        Set<String> servers = new LinkedHashSet<>();
        Set<String> searches = new LinkedHashSet<>();
        Map<String, String> options = new LinkedHashMap<>();
        if (ofCluster) {
            servers.addAll(cluster.servers());
            searches.add(pod.metadata().namespace() + ".svc." + domain);
            searches.add("svc." + domain);
            searches.add(domain);
            searches.addAll(cluster.searches());
            options.put("ndots", "5");
        }
        PodDNSConfig own = pod.spec().dnsConfig();
        if (own != null) {
            servers.addAll(own.nameservers());
            own.searches().forEach(search -> searches.add(withoutDot(search)));
            for (PodDNSConfigOption option : own.options()) {
                options.put(option.name(), Objects.requireNonNullElse(option.value(), ""));
            }
        }
        List<String> complaints = new ArrayList<>();
        return new Setup(
                new DnsSetup(limited(servers, complaints), shortened(searches, complaints), words(options)),
                ofCluster,
                complaints);
    }

    /** A pod on the node's network resolves as the node does, unless it insists. */
    private static boolean isClusterFirst(Pod pod) {
        String policy = pod.spec().dnsPolicy();
        return policy.equals(DNSPolicy.CLUSTER_FIRST_WITH_HOST_NET)
                || (!pod.spec().hostNetwork() && (policy.isEmpty() || policy.equals(DNSPolicy.CLUSTER_FIRST)));
    }

    private static String withoutDot(String search) {
        return search.length() > 1 && search.endsWith(".") ? search.substring(0, search.length() - 1) : search;
    }

    private static List<String> words(Map<String, String> options) {
        List<String> words = new ArrayList<>();
        options.forEach((name, value) -> words.add(value.isEmpty() ? name : name + ":" + value));
        return words;
    }

    private static List<String> limited(Set<String> servers, List<String> complaints) {
        List<String> all = List.copyOf(new ArrayList<>(servers));
        if (all.size() <= MOST_SERVERS) {
            return all;
        }
        List<String> kept = all.subList(0, MOST_SERVERS);
        complaints.add(
                "Nameserver limits were exceeded, some nameservers have been omitted, the applied nameserver line"
                        + " is: " + String.join(" ", kept));
        return kept;
    }

    private static List<String> shortened(Set<String> searches, List<String> complaints) {
        List<String> kept = new ArrayList<>();
        int length = 0;
        for (String search : searches) {
            length += search.length() + (kept.isEmpty() ? 0 : 1);
            if (kept.size() == MOST_SEARCHES || length > LONGEST_SEARCHES) {
                complaints.add(
                        "Search Line limits were exceeded, some search paths have been omitted, the applied search"
                                + " line is: " + String.join(" ", kept));
                break;
            }
            kept.add(search);
        }
        return kept;
    }
}
