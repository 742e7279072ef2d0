package io.orchestrator.core.network.policy;

import io.orchestrator.api.model.core.Pod;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the pods of this machine from those of others, which may have the same addresses on networks of their own. Here are the pods
 * of this process's nodes, and those of nodes whose address this machine has. One of the former has its address for certain; a
 * node that says no more than loopback may be somewhere else.
 *
 * @param nodes of this process
 * @param addresses of this machine at the moment
 */
public record Locality(Set<String> nodes, Supplier<Set<String>> addresses) {
    private static final Logger LOG = LoggerFactory.getLogger(Locality.class);
    private static final String LOOPBACK = "127.";

    /**
     * What of the pods matters to policies.
     *
     * @param local that packets of this machine may be restricted for
     * @param distant that may send some, on networks that lead here
     */
    record Parties(List<Party> local, List<Party> distant) {}

    public Locality {
        nodes = Set.copyOf(nodes);
    }

    /** Of this process on this machine. */
    public static Locality of(Set<String> nodes) {
        return new Locality(nodes, Locality::ofThisMachine);
    }

    /** An address that pods here and elsewhere have is that of the one here. */
    Parties parties(List<Pod> pods) {
        Set<String> here = addresses.get();
        List<Pod> certain = new ArrayList<>();
        List<Pod> likely = new ArrayList<>();
        List<Pod> elsewhere = new ArrayList<>();
        for (Pod pod : pods) {
            String host = pod.status().hostIP();
            if (nodes.contains(pod.spec().nodeName())) {
                certain.add(pod);
            } else if (host.startsWith(LOOPBACK) || here.contains(host)) {
                likely.add(pod);
            } else {
                elsewhere.add(pod);
            }
        }
        Set<String> taken = new HashSet<>();
        List<Party> local = new ArrayList<>(beside(taken, certain));
        local.addAll(beside(taken, likely));
        return new Parties(local, beside(taken, elsewhere));
    }

    /** Those at addresses that were not taken before, which they take. */
    private static List<Party> beside(Set<String> taken, List<Pod> pods) {
        List<Party> parties = pods.stream()
                .map(Party::of)
                .flatMap(Optional::stream)
                .filter(party -> !taken.contains(party.address()))
                .toList();
        parties.forEach(party -> taken.add(party.address()));
        return parties;
    }

    private static Set<String> ofThisMachine() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .map(address -> address.getHostAddress().replaceAll("%.*", ""))
                    .collect(Collectors.toSet());
        } catch (SocketException e) {
            LOG.warn(
                    "which addresses this machine has cannot be told: only pods of this process's nodes are restricted",
                    e);
            return Set.of();
        }
    }
}
