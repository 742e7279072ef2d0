package io.orchestrator.core.control.statefulset;

import io.orchestrator.api.model.apps.StatefulSet;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.control.pods.PodFacts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a StatefulSet needs next.
 *
 * @param create pods to be made
 * @param delete pods to go
 * @param identify pods that lack the labels that tell who they are
 * @param again when to look again, whatever happens
 */
record SetPlan(List<Pod> create, List<Pod> delete, List<Pod> identify, Optional<Duration> again) {

    /** @param rest how long a pod that has ended is still to be left before it is replaced */
    static SetPlan of(SetState state, Function<Pod, Duration> rest) {
        return new Planning(state, rest).plan();
    }

    boolean isEmpty() {
        return create.isEmpty() && delete.isEmpty() && identify.isEmpty();
    }

    /** One round. Where pods come and go in order, it ends with the first that is not as it should be. */
    private static final class Planning {
        private final SetState state;
        private final StatefulSet set;
        private final Function<Pod, Duration> rest;
        private final List<Duration> waits = new ArrayList<>();
        private final List<Pod> create = new ArrayList<>();
        private final List<Pod> delete = new ArrayList<>();
        private final List<Pod> identify = new ArrayList<>();

        Planning(SetState state, Function<Pod, Duration> rest) {
            this.state = state;
            this.rest = rest;
            this.set = state.set();
        }

        SetPlan plan() {
            if (set.metadata().deletionTimestamp() == null && fill() && shrink() && state.isRolling()) {
                roll();
            }
            return new SetPlan(create, delete, identify, next());
        }

        /** From the lowest number up. False when the others have to wait. */
        private boolean fill() {
            for (int ordinal = state.first(); ordinal < state.first() + state.replicas(); ordinal++) {
                Pod pod = state.pods().get(ordinal);
                boolean goesOn = pod == null ? make(ordinal) : keep(ordinal, pod);
                if (!goesOn && state.isOrdered()) {
                    return false;
                }
            }
            return true;
        }

        private boolean make(int ordinal) {
            SetState.Revision wanted = state.wanted(ordinal);
            create.add(SetPods.make(set, ordinal, wanted.template(), wanted.name()));
            return false;
        }

        private boolean keep(int ordinal, Pod pod) {
            if (SetPods.isTerminating(pod)) {
                return false;
            }
            if (PodFacts.hasEnded(pod)) {
                replace(ordinal, pod);
                return false;
            }
            if (!SetPods.isRunningAndReady(pod)) {
                // It may never be: a better revision takes its place at once.
                if (state.isRolling() && isOutdated(ordinal, pod)) {
                    delete.add(pod);
                }
                return false;
            }
            if (!pod.metadata().equals(SetPods.identified(pod, ordinal))) {
                identify.add(pod.withMetadata(SetPods.identified(pod, ordinal)));
            }
            return SetPods.isHealthy(set, pod, state.now());
        }

        /** Not at once what has just failed like its predecessor, unless there is a better revision. */
        private void replace(int ordinal, Pod ended) {
            Duration left = isOutdated(ordinal, ended) ? Duration.ZERO : rest.apply(ended);
            if (left.isZero()) {
                delete.add(ended);
            } else {
                waits.add(left);
            }
        }

        private boolean isOutdated(int ordinal, Pod pod) {
            return !SetPods.revision(pod).equals(state.wanted(ordinal).name());
        }

        /** From the highest number down, those that are not wanted. False when the others have to wait. */
        private boolean shrink() {
            TreeMap<Integer, Pod> condemned = new TreeMap<>(state.pods());
            condemned.keySet().removeIf(state::isWanted);
            Integer firstUnhealthy = condemned.entrySet().stream()
                    .filter(entry -> !SetPods.isHealthy(set, entry.getValue(), state.now()))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse(null);
            for (Map.Entry<Integer, Pod> entry : condemned.descendingMap().entrySet()) {
                Pod pod = entry.getValue();
                boolean blocked = SetPods.isTerminating(pod)
                        || (!SetPods.isHealthy(set, pod, state.now())
                                && !entry.getKey().equals(firstUnhealthy));
                if (state.isOrdered() && blocked) {
                    return false;
                }
                if (!SetPods.isTerminating(pod)) {
                    delete.add(pod);
                }
                if (state.isOrdered()) {
                    return false;
                }
            }
            return true;
        }

        /** From the highest number down to the partition, as many at a time as may be unavailable. */
        private void roll() {
            int lowest = state.first() + state.partition();
            int highest = state.first() + state.replicas() - 1;
            int spare = state.maxUnavailable();
            for (int ordinal = highest; ordinal >= state.firstCounted(); ordinal--) {
                Pod pod = state.pods().get(ordinal);
                spare -= pod != null && SetPods.isHealthy(set, pod, state.now()) ? 0 : 1;
            }
            for (int ordinal = highest; ordinal >= lowest; ordinal--) {
                Pod pod = state.pods().get(ordinal);
                if (pod == null || SetPods.isTerminating(pod) || delete.contains(pod) || !isOutdated(ordinal, pod)) {
                    continue;
                }
                boolean healthy = SetPods.isHealthy(set, pod, state.now());
                if (healthy && spare <= 0) {
                    return;
                }
                delete.add(pod);
                spare -= healthy ? 1 : 0;
            }
        }

        private Optional<Duration> next() {
            Stream<Duration> available = state.pods().values().stream()
                    .filter(PodFacts::isActive)
                    .flatMap(pod -> PodFacts.availableIn(pod, set.spec().minReadySeconds(), state.now()).stream());
            return Stream.concat(available, waits.stream()).min(Duration::compareTo);
        }
    }
}
