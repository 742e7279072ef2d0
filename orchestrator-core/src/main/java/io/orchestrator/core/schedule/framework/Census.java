package io.orchestrator.core.schedule.framework;

import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.core.schedule.persistent.Counts;
import io.orchestrator.core.schedule.persistent.PersistentMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The pods on all nodes, counted in the ways that rules about other pods need. Immutable: a pod more or less gives a changed
 * copy, at a cost that does not depend on how many pods there are. Nodes are known by their positions in the snapshot.
 */
public final class Census {
    /** Under which terms are kept that may speak about pods of any namespace. */
    private static final String ANYWHERE = "";

    private final int nodes;
    private final PersistentMap<PodQuery, Counts> tallies;
    private final PersistentMap<String, PersistentMap<CarriedTerm, Counts>> carried;
    private final PersistentMap<ObjectKey, Integer> claims;

    private Census(
            int nodes,
            PersistentMap<PodQuery, Counts> tallies,
            PersistentMap<String, PersistentMap<CarriedTerm, Counts>> carried,
            PersistentMap<ObjectKey, Integer> claims) {
        this.nodes = nodes;
        this.tallies = tallies;
        this.carried = carried;
        this.claims = claims;
    }

    /** Of so many nodes without pods. */
    public static Census of(int nodes) {
        return new Census(nodes, PersistentMap.empty(), PersistentMap.empty(), PersistentMap.empty());
    }

    /** How many such pods each node has, where that is kept up to date; null elsewhere. */
    @Nullable
    Counts tally(PodQuery query) {
        return tallies.get(query);
    }

    /** How many pods use the claim. */
    int users(ObjectKey claim) {
        return claims.getOrDefault(claim, 0);
    }

    /** Calls for every rule that may speak about pods of the namespace, with how many pods of each node carry it. */
    void forEachTerm(String namespace, BiConsumer<CarriedTerm, Counts> action) {
        carried.getOrDefault(namespace, PersistentMap.empty()).forEach(action);
        carried.getOrDefault(ANYWHERE, PersistentMap.empty()).forEach(action);
    }

    /** From now on this is kept up to date. */
    public Census counting(PodQuery query, Counts now) {
        return new Census(nodes, tallies.with(query, now), carried, claims);
    }

    public Census notCounting(PodQuery query) {
        return new Census(nodes, tallies.without(query), carried, claims);
    }

    /**
     * With a pod more, or less.
     *
     * @param counted the counts that may be about the pod
     * @param difference 1 or -1
     */
    public Census changed(PodView pod, int node, Collection<PodQuery> counted, int difference) {
        PersistentMap<PodQuery, Counts> newTallies = tallies;
        for (PodQuery query : counted) {
            Counts counts = query.matches(pod.pod()) ? newTallies.get(query) : null;
            if (counts != null) {
                newTallies = newTallies.with(query, counts.plus(node, difference));
            }
        }
        PersistentMap<ObjectKey, Integer> newClaims = claims;
        for (String name : pod.claims()) {
            ObjectKey claim = new ObjectKey(pod.namespace(), name);
            int users = newClaims.getOrDefault(claim, 0) + difference;
            newClaims = users == 0 ? newClaims.without(claim) : newClaims.with(claim, users);
        }
        PersistentMap<String, PersistentMap<CarriedTerm, Counts>> newCarried = carried;
        if (!pod.rules().indifferent()) {
            for (CarriedTerm term : terms(pod)) {
                for (String reach : reach(term.term())) {
                    newCarried = carrying(newCarried, reach, term, node, difference);
                }
            }
        }
        return new Census(nodes, newTallies, newCarried, newClaims);
    }

    /**
     * The same pods with the nodes at other positions.
     *
     * @param to each node's new position, below zero for those that left
     */
    public Census moved(int[] to, int newNodes) {
        return new Census(
                newNodes,
                tallies.mapValues(counts -> counts.moved(to, newNodes)),
                carried.mapValues(terms -> terms.mapValues(counts -> counts.moved(to, newNodes))),
                claims);
    }

    private PersistentMap<String, PersistentMap<CarriedTerm, Counts>> carrying(
            PersistentMap<String, PersistentMap<CarriedTerm, Counts>> before,
            String reach,
            CarriedTerm term,
            int node,
            int difference) {
        PersistentMap<CarriedTerm, Counts> there = before.getOrDefault(reach, PersistentMap.empty());
        Counts counts = there.getOrDefault(term, Counts.none(nodes)).plus(node, difference);
        there = counts.sum() == 0 ? there.without(term) : there.with(term, counts);
        return there.isEmpty() ? before.without(reach) : before.with(reach, there);
    }

    private static List<CarriedTerm> terms(PodView pod) {
        List<CarriedTerm> terms = new ArrayList<>();
        pod.rules().near().forEach(term -> terms.add(new CarriedTerm(CarriedTerm.Kind.NEAR, term, 0)));
        pod.rules().far().forEach(term -> terms.add(new CarriedTerm(CarriedTerm.Kind.FAR, term, 0)));
        pod.rules()
                .preferences()
                .forEach(wish -> terms.add(new CarriedTerm(CarriedTerm.Kind.PREFERENCE, wish.term(), wish.weight())));
        return terms;
    }

    private static Set<String> reach(PodTerm term) {
        return term.inNamespaces() == null ? term.namespaces() : Set.of(ANYWHERE);
    }
}
