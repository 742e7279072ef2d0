package io.orchestrator.core.control.daemonset;

import io.orchestrator.api.control.Context;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.control.Outcome;
import io.orchestrator.api.meta.Selector;
import io.orchestrator.api.model.apps.ControllerRevision;
import io.orchestrator.api.model.apps.DaemonSet;
import io.orchestrator.api.model.apps.DaemonSetStatus;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodPhase;
import io.orchestrator.core.control.Expectations;
import io.orchestrator.core.control.history.RevisionData;
import io.orchestrator.core.control.history.RevisionHistory;
import io.orchestrator.core.control.history.RevisionHistory.Wanted;
import io.orchestrator.core.control.history.RevisionWrites;
import io.orchestrator.core.control.pods.FailedPods;
import io.orchestrator.core.control.pods.PodClaims;
import io.orchestrator.core.control.pods.PodWrites;
import io.orchestrator.core.control.pods.RefusedWrite;
import io.orchestrator.core.control.pods.SafeNames;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One round of a DaemonSet: what was read, what follows from it, and the writes. Confined to one call. */
final class DaemonRound {
    private static final int HISTORY = 10;

    /** What the rounds of all sets share. */
    record Memory(Expectations expectations, FailedPods failed, RevisionData data) {}

    private final DaemonSet set;
    private final ObjectKey key;
    private final Context context;
    private final Memory memory;
    private final Collection<Pod> candidates;
    private final RevisionHistory history;
    private final Wanted wanted;
    private final DaemonState state;
    private final DaemonPlan plan;

    DaemonRound(
            DaemonSet set,
            Collection<Pod> candidates,
            Collection<Node> nodes,
            Collection<ControllerRevision> owned,
            Context context,
            Memory memory) {
        this.set = set;
        this.key = ObjectKey.of(set);
        this.context = context;
        this.memory = memory;
        this.candidates = candidates;
        this.history = RevisionHistory.of(set, owned, memory.data());
        this.wanted = history.wanted(set, DaemonSet.TYPE, set.spec().template(), collisions())
                .labelled(DaemonPods.REVISION);
        Instant now = context.clock().instant();
        List<Pod> mine = new PodClaims<>(
                        set, DaemonSet.TYPE, Selector.of(set.spec().selector()))
                .claim(candidates, context, memory.expectations());
        this.state = DaemonState.of(set, mine, nodes, wanted.hash(), now);
        this.plan =
                DaemonPlan.of(state, node -> memory.failed().left(set.metadata().uid(), node, now));
    }

    boolean isAtRest() {
        return set.metadata().deletionTimestamp() != null
                || (wanted.exists()
                        && wanted.newest()
                        && plan.isEmpty()
                        && surplus().isEmpty()
                        && status(pod -> memory.expectations().isGoing(key, pod))
                                .equals(set.status()));
    }

    Outcome outcome() {
        return plan.again()
                .map(delay -> Outcome.retryAfter(delay, "a pod becomes available, or a failed one may be replaced"))
                .orElseGet(Outcome::done);
    }

    /** Fails with the first write that was refused, after the others were tried. */
    Outcome carryOut() {
        RevisionWrites revisions =
                new RevisionWrites(set, DaemonSet.TYPE, memory.data(), context, memory.expectations());
        if (revisions.ensure(wanted).isEmpty()) {
            write(set.status().withCollisionCount(collisions() + 1));
            return Outcome.done();
        }
        PodWrites pods = new PodWrites(set, context, memory.expectations());
        RefusedWrite failure = pods.createAll(news());
        RefusedWrite undeleted = delete(pods);
        failure = failure == null ? undeleted : failure;
        write(status(pod -> memory.expectations().isGoing(key, pod)));
        surplus().forEach(revisions::delete);
        if (failure != null) {
            throw failure.cause();
        }
        return outcome();
    }

    private @Nullable RefusedWrite delete(PodWrites pods) {
        plan.told().forEach(told -> {
            if (told.warning()) {
                context.events().warning(set, told.reason(), told.message());
            } else {
                context.events().normal(set, told.reason(), told.message());
            }
        });
        RefusedWrite failure = null;
        for (Pod pod : plan.delete()) {
            RefusedWrite one = pods.delete(pod);
            failure = failure == null ? one : failure;
            if (one == null && pod.status().phase().equals(PodPhase.FAILED)) {
                DaemonPods.nodeOf(pod)
                        .ifPresent(
                                node -> memory.failed().replaced(set.metadata().uid(), node, state.now()));
            }
        }
        return failure;
    }

    private List<Pod> news() {
        Set<String> taken = new HashSet<>();
        candidates.forEach(pod -> taken.add(pod.metadata().name()));
        List<Pod> pods = new ArrayList<>();
        for (String node : plan.create()) {
            pods.add(DaemonPods.make(set, node, freeName(node, taken), wanted.hash()));
        }
        return pods;
    }

    /** The first of the node's names that no pod bears. */
    private String freeName(String node, Set<String> taken) {
        for (int slot = 0; ; slot++) {
            String name = SafeNames.slot(set.metadata().name(), set.metadata().uid() + "/" + node, slot);
            boolean free = context.view()
                    .get(Pod.TYPE, new ObjectKey(key.namespace(), name))
                    .isEmpty();
            if (free && taken.add(name)) {
                return name;
            }
        }
    }

    private int collisions() {
        return Objects.requireNonNullElse(set.status().collisionCount(), 0);
    }

    private DaemonSetStatus status(Predicate<Pod> going) {
        return DaemonStatuses.of(state, collisions(), going);
    }

    private List<ControllerRevision> surplus() {
        Set<String> hashes = new HashSet<>(Set.of(wanted.hash()));
        state.pods().values().forEach(here -> here.forEach(pod -> hashes.add(DaemonPods.revision(pod))));
        Set<String> used = history.all().stream()
                .filter(revision -> hashes.contains(RevisionHistory.hashOf(revision)))
                .map(revision -> revision.metadata().name())
                .collect(Collectors.toSet());
        return history.surplus(used, Objects.requireNonNullElse(set.spec().revisionHistoryLimit(), HISTORY));
    }

    private void write(DaemonSetStatus next) {
        if (!next.equals(set.status())) {
            memory.expectations()
                    .wrote(
                            key,
                            context.client()
                                    .resources(DaemonSet.TYPE)
                                    .inNamespace(key.namespace())
                                    .updateStatus(set.withStatus(next)));
        }
    }
}
