package io.orchestrator.core.schedule.framework;

import io.orchestrator.api.model.core.Affinity;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodAffinityTerm;
import io.orchestrator.api.model.core.PodAntiAffinity;
import io.orchestrator.api.model.core.WeightedPodAffinityTerm;
import java.util.ArrayList;
import java.util.List;

/**
 * What a pod says about other pods: worked out once, empty for most.
 *
 * @param near pods that must be near
 * @param far pods that must not be near
 * @param preferences with weights, below zero for pods that should rather not be near
 * @param spread constraints of its own
 */
public record PodRules(List<PodTerm> near, List<PodTerm> far, List<Weighted> preferences, List<SpreadRule> spread) {
    public static final PodRules NONE = new PodRules(List.of(), List.of(), List.of(), List.of());

    /** A wish. */
    public record Weighted(PodTerm term, int weight) {}

    public PodRules {
        near = List.copyOf(near);
        far = List.copyOf(far);
        preferences = List.copyOf(preferences);
        spread = List.copyOf(spread);
    }

    static PodRules of(Pod pod) {
        Affinity affinity = pod.spec().affinity();
        boolean aboutPods = affinity != null && (affinity.podAffinity() != null || affinity.podAntiAffinity() != null);
        if (!aboutPods && pod.spec().topologySpreadConstraints().isEmpty()) {
            return NONE;
        }
        List<PodTerm> near = new ArrayList<>();
        List<PodTerm> far = new ArrayList<>();
        List<Weighted> preferences = new ArrayList<>();
        io.orchestrator.api.model.core.PodAffinity together = affinity == null ? null : affinity.podAffinity();
        if (together != null) {
            near = terms(pod, together.requiredDuringSchedulingIgnoredDuringExecution());
            add(pod, together.preferredDuringSchedulingIgnoredDuringExecution(), 1, preferences);
        }
        PodAntiAffinity apart = affinity == null ? null : affinity.podAntiAffinity();
        if (apart != null) {
            far = terms(pod, apart.requiredDuringSchedulingIgnoredDuringExecution());
            add(pod, apart.preferredDuringSchedulingIgnoredDuringExecution(), -1, preferences);
        }
        List<SpreadRule> spread = new ArrayList<>();
        pod.spec().topologySpreadConstraints().forEach(constraint -> spread.add(SpreadRule.of(pod, constraint)));
        return new PodRules(near, far, preferences, spread);
    }

    /** Whether it says nothing about the nearness of other pods. */
    public boolean indifferent() {
        return near.isEmpty() && far.isEmpty() && preferences.isEmpty();
    }

    private static List<PodTerm> terms(Pod pod, List<PodAffinityTerm> terms) {
        List<PodTerm> ready = new ArrayList<>();
        terms.forEach(term -> ready.add(PodTerm.of(pod, term)));
        return ready;
    }

    private static void add(Pod pod, List<WeightedPodAffinityTerm> terms, int sign, List<Weighted> to) {
        for (WeightedPodAffinityTerm term : terms) {
            to.add(new Weighted(PodTerm.of(pod, term.podAffinityTerm()), sign * term.weight()));
        }
    }
}
