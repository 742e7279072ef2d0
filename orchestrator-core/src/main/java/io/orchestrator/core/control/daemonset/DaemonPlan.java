package io.orchestrator.core.control.daemonset;

import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodPhase;
import io.orchestrator.core.control.pods.PodFacts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a DaemonSet needs next.
 *
 * @param create the nodes that get a pod
 * @param delete pods to go
 * @param told what is worth telling of the pods that go
 * @param again when to look again, whatever happens
 */
record DaemonPlan(List<String> create, List<Pod> delete, List<Told> told, Optional<Duration> again) {
    /** No more creations, and no more deletions, at a time. */
    static final int BURST = 250;

    /** An event to be written. */
    record Told(boolean warning, String reason, String message) {}

    DaemonPlan {
        create = List.copyOf(create);
        delete = List.copyOf(delete);
        told = List.copyOf(told);
    }

    boolean isEmpty() {
        return create.isEmpty() && delete.isEmpty();
    }

    /** @param wait how long a failed pod of the node is still to be left, so that failures do not follow each other hotly */
    static DaemonPlan of(DaemonState state, Function<String, Duration> wait) {
        return new Planning(state, wait).plan();
    }

    private static final class Planning {
        private final DaemonState state;
        private final Function<String, Duration> wait;
        private final Set<String> create = new LinkedHashSet<>();
        private final Map<String, Pod> delete = new LinkedHashMap<>();
        private final List<Told> told = new ArrayList<>();
        private @Nullable Duration again;

        Planning(DaemonState state, Function<String, Duration> wait) {
            this.state = state;
            this.wait = wait;
        }

        DaemonPlan plan() {
            if (state.set().metadata().deletionTimestamp() == null) {
                state.fits().forEach(this::fit);
                forgetLostNodes();
                if (isEmpty() && state.isRolling()) {
                    DaemonRollout rollout = DaemonRollout.of(state);
                    create.addAll(rollout.surge());
                    rollout.replace().forEach(this::drop);
                }
            }
            state.pods().values().stream()
                    .flatMap(List::stream)
                    .filter(PodFacts::isActive)
                    .flatMap(pod ->
                            PodFacts.availableIn(pod, state.set().spec().minReadySeconds(), state.now()).stream())
                    .forEach(this::lookAgainIn);
            return new DaemonPlan(
                    create.stream().limit(BURST).toList(),
                    delete.values().stream().limit(BURST).toList(),
                    told,
                    Optional.ofNullable(again));
        }

        private boolean isEmpty() {
            return create.isEmpty() && delete.isEmpty();
        }

        private void fit(String node, NodeFit fit) {
            List<Pod> here = state.on(node);
            if (!fit.stay()) {
                here.forEach(this::drop);
            } else if (!here.isEmpty()) {
                prune(here.stream().filter(pod -> isRunning(node, pod)).toList());
            } else if (fit.run()) {
                create.add(node);
            }
        }

        /** Whether the pod counts; one that has ended goes, a failed one not at once. */
        private boolean isRunning(String node, Pod pod) {
            if (pod.metadata().deletionTimestamp() != null) {
                return false;
            }
            String name = pod.metadata().namespace() + "/" + pod.metadata().name() + " on node " + node;
            switch (pod.status().phase()) {
                case PodPhase.FAILED -> {
                    Duration left = wait.apply(node);
                    if (left.isZero()) {
                        told.add(new Told(
                                true, "FailedDaemonPod", "Found failed daemon pod " + name + ", will try to kill it"));
                        drop(pod);
                    } else {
                        lookAgainIn(left);
                    }
                    return false;
                }
                case PodPhase.SUCCEEDED -> {
                    told.add(new Told(
                            false,
                            "SucceededDaemonPod",
                            "Found succeeded daemon pod " + name + ", will try to delete it"));
                    drop(pod);
                    return false;
                }
                default -> {
                    return true;
                }
            }
        }

        /** One pod a node; while the set surges, an old one that is ready beside a new one that is not yet. */
        private void prune(List<Pod> running) {
            if (state.maxSurge() == 0) {
                running.stream().skip(1).forEach(this::drop);
                return;
            }
            Pod newest = running.stream().filter(state::isUpdated).findFirst().orElse(null);
            Pod old = running.stream()
                    .filter(pod -> !state.isUpdated(pod))
                    .findFirst()
                    .orElse(null);
            running.stream()
                    .filter(pod -> !pod.equals(newest) && !pod.equals(old))
                    .forEach(this::drop);
            if (newest != null && old != null && (!PodFacts.isReady(old) || state.isAvailable(newest))) {
                drop(old);
            }
        }

        /** Pods that wait for a node that is no more; those that ran on one are the pod collector's. */
        private void forgetLostNodes() {
            state.pods().forEach((node, here) -> {
                if (!state.fits().containsKey(node)) {
                    here.stream().filter(pod -> pod.spec().nodeName().isEmpty()).forEach(this::drop);
                }
            });
        }

        private void drop(Pod pod) {
            if (pod.metadata().deletionTimestamp() == null) {
                delete.put(pod.metadata().uid(), pod);
            }
        }

        private void lookAgainIn(Duration delay) {
            again = again == null || delay.compareTo(again) < 0 ? delay : again;
        }
    }
}
