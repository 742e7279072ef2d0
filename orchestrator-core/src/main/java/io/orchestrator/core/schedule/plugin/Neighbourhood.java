package io.orchestrator.core.schedule.plugin;

import io.orchestrator.core.schedule.framework.CarriedTerm;
import io.orchestrator.core.schedule.framework.Cycle;
import io.orchestrator.core.schedule.framework.Forkable;
import io.orchestrator.core.schedule.framework.KnownObjects;
import io.orchestrator.core.schedule.framework.NodeView;
import io.orchestrator.core.schedule.framework.PodMatch;
import io.orchestrator.core.schedule.framework.PodQuery;
import io.orchestrator.core.schedule.framework.PodRules;
import io.orchestrator.core.schedule.framework.PodTerm;
import io.orchestrator.core.schedule.framework.PodView;
import io.orchestrator.core.schedule.framework.Snapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the required rules of a pod, and those about it, find in each domain. Changes with pods that are tried. */
final class Neighbourhood implements Forkable {
    private final PodView pod;
    private final Snapshot snapshot;

    /** A pod counts only when all required terms are about it. */
    private final PodQuery wanted;

    private final List<PodQuery> unwanted;

    /** One for each term of the pod. */
    private final List<DomainCounts> near;

    private final List<DomainCounts> far;

    /** By label: pods there that do not want this one. */
    private final Map<String, DomainCounts> unwilling;

    private Neighbourhood(
            PodView pod,
            Snapshot snapshot,
            PodQuery wanted,
            List<PodQuery> unwanted,
            List<DomainCounts> near,
            List<DomainCounts> far,
            Map<String, DomainCounts> unwilling) {
        this.pod = pod;
        this.snapshot = snapshot;
        this.wanted = wanted;
        this.unwanted = unwanted;
        this.near = near;
        this.far = far;
        this.unwilling = unwilling;
    }

    static PodQuery together(List<PodTerm> terms, KnownObjects objects) {
        List<PodMatch> all = new ArrayList<>();
        terms.forEach(term -> all.add(term.match(objects)));
        return new PodQuery(all, true);
    }

    static PodQuery one(PodTerm term, KnownObjects objects) {
        return new PodQuery(List.of(term.match(objects)), true);
    }

    static Neighbourhood of(Cycle cycle) {
        PodView pod = cycle.pod();
        Snapshot snapshot = cycle.snapshot();
        PodRules rules = pod.rules();
        PodQuery wanted = together(rules.near(), snapshot.objects());
        List<DomainCounts> near = new ArrayList<>();
        for (PodTerm term : rules.near()) {
            near.add(DomainCounts.none(snapshot.topology(term.topologyKey())).add(snapshot.count(wanted)));
        }
        List<PodQuery> unwanted = new ArrayList<>();
        List<DomainCounts> far = new ArrayList<>();
        for (PodTerm term : rules.far()) {
            PodQuery query = one(term, snapshot.objects());
            unwanted.add(query);
            far.add(DomainCounts.none(snapshot.topology(term.topologyKey())).add(snapshot.count(query)));
        }
        Map<String, DomainCounts> unwilling = new LinkedHashMap<>();
        snapshot.forEachTerm(pod.namespace(), (carried, nodes) -> {
            if (carried.kind() == CarriedTerm.Kind.FAR && carried.term().isAbout(pod.pod(), snapshot.objects())) {
                at(unwilling, carried.term().topologyKey(), snapshot).add(nodes);
            }
        });
        return new Neighbourhood(pod, snapshot, wanted, unwanted, near, far, unwilling);
    }

    private static DomainCounts at(Map<String, DomainCounts> byKey, String key, Snapshot snapshot) {
        return byKey.computeIfAbsent(key, label -> DomainCounts.none(snapshot.topology(label)));
    }

    @Override
    public Neighbourhood fork() {
        Map<String, DomainCounts> copied = new LinkedHashMap<>();
        unwilling.forEach((key, counts) -> copied.put(key, counts.copy()));
        return new Neighbourhood(
                pod,
                snapshot,
                wanted,
                unwanted,
                new ArrayList<>(near.stream().map(DomainCounts::copy).toList()),
                new ArrayList<>(far.stream().map(DomainCounts::copy).toList()),
                copied);
    }

    /** Whether nothing here tells nodes apart. */
    boolean isIndifferent() {
        return near.isEmpty() && far.isEmpty() && unwilling.isEmpty();
    }

    /** Another pod came to the node, or left it. */
    void changed(PodView other, NodeView node, int difference) {
        if (wanted.matches(other.pod())) {
            near.forEach(counts -> counts.add(node.position(), difference));
        }
        for (int i = 0; i < unwanted.size(); i++) {
            if (unwanted.get(i).matches(other.pod())) {
                far.get(i).add(node.position(), difference);
            }
        }
        for (PodTerm term : other.rules().far()) {
            if (term.isAbout(pod.pod(), snapshot.objects())) {
                at(unwilling, term.topologyKey(), snapshot).add(node.position(), difference);
            }
        }
    }

    /**
     * Whether every term finds a pod near to the node. The first pod of a series that needs its own like is let in where there
     * is none anywhere, else none would ever be.
     */
    boolean hasAllNear(NodeView node) {
        boolean all = true;
        for (DomainCounts counts : near) {
            if (!counts.hasDomain(node)) {
                return false;
            }
            all &= counts.at(node) > 0;
        }
        return all || (wanted.matches(pod.pod()) && near.stream().allMatch(DomainCounts::isEmpty));
    }

    boolean meetsUnwanted(NodeView node) {
        for (DomainCounts counts : far) {
            if (counts.at(node) > 0) {
                return true;
            }
        }
        return false;
    }

    boolean isUnwanted(NodeView node) {
        for (DomainCounts counts : unwilling.values()) {
            if (counts.at(node) > 0) {
                return true;
            }
        }
        return false;
    }
}
