package io.orchestrator.core.schedule;

import io.orchestrator.core.schedule.framework.Census;
import io.orchestrator.core.schedule.framework.PodQuery;
import io.orchestrator.core.schedule.framework.PodView;
import io.orchestrator.core.schedule.persistent.Counts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Keeps the census of the pods on known nodes: takes in each pod that comes or goes, and decides which counts are kept up to
 * date. A count is begun when a plugin announces it, at the cost of one look at the pods of its namespaces, and given up when a
 * thousand others were wanted more lately. Owned by the scheduler's loop.
 */
final class Tallies {
    private static final int KEPT = 1024;

    /** Under which counts are listed that are not bound to namespaces. */
    private static final String ANYWHERE = "";

    private record Counted(PodView pod, int node) {}

    private final Map<String, Map<String, Counted>> podsByNamespace = new HashMap<>();

    /** The one longest not asked for comes first. */
    private final LinkedHashMap<PodQuery, Set<String>> kept = new LinkedHashMap<>(16, 0.75f, true);

    private final Map<String, List<PodQuery>> keptByNamespace = new HashMap<>();
    private Census census = Census.of(0);
    private int nodes;

    Census census() {
        return census;
    }

    void add(PodView pod, int node) {
        podsByNamespace
                .computeIfAbsent(pod.namespace(), namespace -> new LinkedHashMap<>())
                .put(pod.uid(), new Counted(pod, node));
        census = change(census, pod, node, 1);
    }

    void remove(PodView pod) {
        Map<String, Counted> beside = podsByNamespace.get(pod.namespace());
        Counted counted = beside == null ? null : beside.remove(pod.uid());
        if (beside != null && beside.isEmpty()) {
            podsByNamespace.remove(pod.namespace());
        }
        if (counted != null) {
            census = change(census, counted.pod, counted.node, -1);
        }
    }

    /**
     * The nodes stand elsewhere now.
     *
     * @param to each one's new position, below zero for those that left without pods
     */
    void moved(int[] to, int newNodes) {
        census = census.moved(to, newNodes);
        nodes = newNodes;
        podsByNamespace
                .values()
                .forEach(pods -> pods.replaceAll((uid, counted) -> new Counted(counted.pod, to[counted.node])));
    }

    /** These are wanted: from now on they are kept. */
    void want(Collection<PodQuery> queries) {
        for (PodQuery query : queries) {
            if (kept.get(query) == null) {
                begin(query);
            }
        }
    }

    private void begin(PodQuery query) {
        Set<String> bound = query.namespaces();
        Set<String> namespaces = bound == null ? Set.of(ANYWHERE) : bound;
        Counts counts = Counts.none(nodes);
        for (String namespace : bound == null ? new TreeSet<>(podsByNamespace.keySet()) : bound) {
            for (Counted counted :
                    podsByNamespace.getOrDefault(namespace, Map.of()).values()) {
                if (query.matches(counted.pod.pod())) {
                    counts = counts.plus(counted.node, 1);
                }
            }
        }
        if (kept.size() >= KEPT) {
            giveUpTheEldest();
        }
        census = census.counting(query, counts);
        kept.put(query, namespaces);
        namespaces.forEach(namespace -> keptByNamespace
                .computeIfAbsent(namespace, any -> new ArrayList<>())
                .add(query));
    }

    private void giveUpTheEldest() {
        Iterator<Map.Entry<PodQuery, Set<String>>> eldestFirst = kept.entrySet().iterator();
        Map.Entry<PodQuery, Set<String>> eldest = eldestFirst.next();
        PodQuery query = eldest.getKey();
        for (String namespace : eldest.getValue()) {
            List<PodQuery> there = keptByNamespace.getOrDefault(namespace, List.of());
            if (there.remove(query) && there.isEmpty()) {
                keptByNamespace.remove(namespace);
            }
        }
        eldestFirst.remove();
        census = census.notCounting(query);
    }

    private Census change(Census before, PodView pod, int node, int difference) {
        List<PodQuery> here = keptByNamespace.getOrDefault(pod.namespace(), List.of());
        List<PodQuery> anywhere = keptByNamespace.getOrDefault(ANYWHERE, List.of());
        if (anywhere.isEmpty()) {
            return before.changed(pod, node, here, difference);
        }
        List<PodQuery> both = new ArrayList<>(here);
        both.addAll(anywhere);
        return before.changed(pod, node, both, difference);
    }
}
