package io.orchestrator.core.schedule.framework;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How one label divides the nodes of a snapshot into domains. Immutable. */
public final class Topology {
    /** The domain of nodes without the label. */
    public static final int NOWHERE = -1;

    private final int[] domains;
    private final List<String> values;
    private final int[] sizes;
    private final boolean everywhere;

    private Topology(int[] domains, List<String> values, int[] sizes) {
        this.domains = domains;
        this.values = values;
        this.sizes = sizes;
        this.everywhere = Arrays.stream(sizes).sum() == domains.length;
    }

    static Topology of(List<NodeView> nodes, String key) {
        int[] domains = new int[nodes.size()];
        List<String> values = new ArrayList<>();
        Map<String, Integer> known = new HashMap<>();
        for (int i = 0; i < domains.length; i++) {
            String value = nodes.get(i).labels().get(key);
            if (value == null) {
                domains[i] = NOWHERE;
                continue;
            }
            Integer domain = known.putIfAbsent(value, values.size());
            if (domain == null) {
                domains[i] = values.size();
                values.add(value);
            } else {
                domains[i] = domain;
            }
        }
        int[] sizes = new int[values.size()];
        for (int domain : domains) {
            if (domain != NOWHERE) {
                sizes[domain]++;
            }
        }
        return new Topology(domains, List.copyOf(values), sizes);
    }

    /** How many domains there are. */
    public int size() {
        return values.size();
    }

    /** The number of the node's domain, from zero, or {@link #NOWHERE}. @param node its position in the snapshot */
    public int domainOf(int node) {
        return domains[node];
    }

    /** Whether every node is in a domain. */
    public boolean isEverywhere() {
        return everywhere;
    }

    /** Whether every node is in a domain of its own. */
    public boolean isOneEach() {
        return everywhere && values.size() == domains.length;
    }

    /** The label's value in a domain. */
    public String value(int domain) {
        return values.get(domain);
    }

    /** How many nodes a domain has. */
    public int nodesIn(int domain) {
        return sizes[domain];
    }
}
