package io.orchestrator.core.schedule.framework;

import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.meta.Requirement;
import io.orchestrator.api.meta.Requirement.Operator;
import io.orchestrator.api.meta.Selector;
import io.orchestrator.api.model.core.Namespace;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodAffinityTerm;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One rule of a pod about being near to, or far from, other pods, ready to be applied.
 *
 * @param topologyKey the label by which nodes are near to each other
 * @param pods which pods it is about, with the keys that must equal or differ from the pod's own already worked in
 * @param namespaces where they are
 * @param inNamespaces further namespaces, by their labels; null for none
 */
public record PodTerm(
        String topologyKey,
        Selector pods,
        Set<String> namespaces,
        @Nullable Selector inNamespaces) {

    public PodTerm {
        namespaces = Set.copyOf(namespaces);
    }

    static PodTerm of(Pod pod, PodAffinityTerm term) {
        Set<String> namespaces = new TreeSet<>(term.namespaces());
        if (namespaces.isEmpty() && term.namespaceSelector() == null) {
            namespaces.add(pod.metadata().namespace());
        }
        Selector among = term.namespaceSelector() == null ? null : Selectors.of(term.namespaceSelector());
        return new PodTerm(term.topologyKey(), selector(pod, term), namespaces, among);
    }

    /** The API works the keys in when a pod is made; to do it again changes nothing. */
    private static Selector selector(Pod pod, PodAffinityTerm term) {
        if (term.labelSelector() == null) {
            return Selector.nothing();
        }
        List<Requirement> own = new ArrayList<>();
        Selectors.addOwn(pod, term.matchLabelKeys(), Operator.IN, own);
        Selectors.addOwn(pod, term.mismatchLabelKeys(), Operator.NOT_IN, own);
        return Selectors.and(Selectors.of(term.labelSelector()), own);
    }

    /** Whether it is about this pod. */
    public boolean isAbout(Pod pod, KnownObjects objects) {
        return reaches(pod.metadata().namespace(), objects)
                && pods.matches(pod.metadata().labels());
    }

    private boolean reaches(String namespace, KnownObjects objects) {
        if (namespaces.contains(namespace)) {
            return true;
        }
        if (inNamespaces == null) {
            return false;
        }
        if (inNamespaces.isEmpty()) {
            return true;
        }
        return objects.find(Namespace.TYPE, new ObjectKey("", namespace))
                .map(found -> inNamespaces.matches(found.metadata().labels()))
                .orElse(false);
    }

    /** As something to count: namespaces chosen by label are the ones that match now. */
    public PodMatch match(KnownObjects objects) {
        if (inNamespaces == null) {
            return new PodMatch(namespaces, false, pods);
        }
        if (inNamespaces.isEmpty()) {
            return new PodMatch(Set.of(), true, pods);
        }
        Set<String> all = new TreeSet<>(namespaces);
        for (Namespace namespace : objects.list(Namespace.TYPE)) {
            if (inNamespaces.matches(namespace.metadata().labels())) {
                all.add(namespace.metadata().name());
            }
        }
        return new PodMatch(all, false, pods);
    }
}
