package io.orchestrator.core.control.autoscale;

import io.orchestrator.api.meta.ConditionStatus;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodCondition;
import io.orchestrator.api.model.core.PodConditionType;
import io.orchestrator.api.model.core.PodPhase;
import io.orchestrator.core.control.pods.PodFacts;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The pods of a target, by what is known of them. Those that failed or are on their way out are in none of the groups.
 *
 * @param ready what they were measured to use counts
 * @param unready they have not begun, or begin only: what they use says little
 * @param missing they run and were not measured
 */
record PodGroups(Map<String, Long> ready, Set<String> unready, Set<String> missing) {

    /** @param startupCounts whether a pod that starts is told apart, as for CPU, of which it may use much just then */
    static PodGroups of(
            Collection<Pod> pods,
            Map<String, Sample> samples,
            boolean startupCounts,
            AutoscalerSettings settings,
            Instant now) {
        Map<String, Long> ready = new TreeMap<>();
        Set<String> unready = new TreeSet<>();
        Set<String> missing = new TreeSet<>();
        for (Pod pod : pods) {
            if (pod.metadata().deletionTimestamp() != null
                    || pod.status().phase().equals(PodPhase.FAILED)) {
                continue;
            }
            String name = pod.metadata().name();
            Sample sample = samples.get(name);
            if (pod.status().phase().equals(PodPhase.PENDING)) {
                unready.add(name);
            } else if (sample == null) {
                missing.add(name);
            } else if (startupCounts && isStarting(pod, sample, settings, now)) {
                unready.add(name);
            } else {
                ready.put(name, sample.value());
            }
        }
        return new PodGroups(ready, unready, missing);
    }

    private static boolean isStarting(Pod pod, Sample sample, AutoscalerSettings settings, Instant now) {
        PodCondition condition = PodFacts.condition(pod, PodConditionType.READY).orElse(null);
        Time started = pod.status().startTime();
        if (condition == null || started == null) {
            return true;
        }
        boolean notReady = condition.status().equals(ConditionStatus.FALSE);
        Time transition = condition.lastTransitionTime();
        Instant changed = transition == null ? started.instant() : transition.instant();
        if (started.instant().plus(settings.cpuInitialisation()).isAfter(now)) {
            return notReady || sample.at().isBefore(changed.plus(sample.window()));
        }
        // Later on only a pod counts as starting that never was ready.
        return notReady
                && started.instant().plus(settings.initialReadinessDelay()).isAfter(changed);
    }
}
