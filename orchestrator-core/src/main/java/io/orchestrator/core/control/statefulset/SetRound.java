package io.orchestrator.core.control.statefulset;

import io.orchestrator.api.control.Context;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.control.Outcome;
import io.orchestrator.api.meta.Selector;
import io.orchestrator.api.model.apps.ControllerRevision;
import io.orchestrator.api.model.apps.StatefulSet;
import io.orchestrator.api.model.apps.StatefulSetStatus;
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
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** One round of a StatefulSet: what was read, what follows from it, and the writes. Confined to one call. */
final class SetRound {
    private static final int HISTORY = 10;

    /** What the rounds of all sets share. */
    record Memory(Expectations expectations, FailedPods failed, RevisionData data) {}

    private final StatefulSet set;
    private final ObjectKey key;
    private final Context context;
    private final FailedPods failed;
    private final Expectations expectations;
    private final RevisionHistory history;
    private final PodClaims<StatefulSet> claims;
    private final Wanted wanted;
    private final RevisionWrites revisions;
    private final SetState state;
    private final SetPlan plan;
    private final StatefulSetStatus status;
    private final List<ControllerRevision> surplus;

    SetRound(
            StatefulSet set,
            Collection<Pod> candidates,
            Collection<ControllerRevision> owned,
            Context context,
            Memory memory) {
        RevisionData data = memory.data();
        this.set = set;
        this.key = ObjectKey.of(set);
        this.context = context;
        this.failed = memory.failed();
        this.expectations = memory.expectations();
        this.history = RevisionHistory.of(set, owned, data);
        this.wanted = history.wanted(set, StatefulSet.TYPE, set.spec().template(), collisions());
        this.revisions = new RevisionWrites(set, StatefulSet.TYPE, data, context, expectations);
        this.claims =
                new PodClaims<>(set, StatefulSet.TYPE, Selector.of(set.spec().selector()));
        List<Pod> named = candidates.stream()
                .filter(pod -> SetPods.ordinal(set, pod) != SetPods.NO_ORDINAL)
                .toList();
        Map<Integer, Pod> pods = SetState.byOrdinal(set, claims.claim(named, context, expectations));
        SetState.Revision update =
                new SetState.Revision(wanted.name(), set.spec().template());
        SetState.Revision current = history.named(set.status().currentRevision())
                .flatMap(revision -> data.templateOf(revision)
                        .map(template ->
                                new SetState.Revision(revision.metadata().name(), template)))
                .orElse(update);
        this.state = new SetState(set, pods, current, update, context.clock().instant());
        this.plan = SetPlan.of(
                state, pod -> failed.left(set.metadata().uid(), pod.metadata().name(), state.now()));
        this.status = SetStatuses.of(state, collisions(), pod -> expectations.isGoing(key, pod));
        this.surplus = surplus();
    }

    boolean isAtRest() {
        return set.metadata().deletionTimestamp() != null
                || (wanted.exists()
                        && wanted.newest()
                        && plan.isEmpty()
                        && surplus.isEmpty()
                        && status.equals(set.status()));
    }

    Outcome outcome() {
        return plan.again()
                .map(delay -> Outcome.retryAfter(delay, "a pod becomes available, or is to be replaced"))
                .orElseGet(Outcome::done);
    }

    /** Fails with the first write that was refused. */
    Outcome carryOut() {
        if (revisions.ensure(wanted).isEmpty()) {
            write(state.set().status().withCollisionCount(collisions() + 1));
            return Outcome.done();
        }
        ClaimWrites volumes = new ClaimWrites(set, context);
        PodWrites pods = new PodWrites(set, context, expectations, new SetWording());
        if (!set.spec().volumeClaimTemplates().isEmpty()) {
            plan.create().forEach(pod -> volumes.ensure(pod, SetPods.ordinal(set, pod)));
            state.pods().forEach((ordinal, pod) -> {
                if (pod.status().phase().equals(PodPhase.PENDING) && !SetPods.isTerminating(pod)) {
                    volumes.ensure(pod, ordinal);
                }
                volumes.own(pod, ordinal, state.isWanted(ordinal));
            });
        }
        RefusedWrite failure = pods.createAll(plan.create());
        if (failure == null) {
            failure = pods.deleteAll(plan.delete());
            remember(plan.delete());
        }
        for (Pod pod : plan.identify()) {
            claims.write(pod, pod.metadata(), context, expectations);
        }
        write(SetStatuses.of(state, collisions(), pod -> expectations.isGoing(key, pod)));
        surplus.forEach(revisions::delete);
        if (failure != null) {
            throw failure.cause();
        }
        return outcome();
    }

    /** A try that failed makes its pod's next replacement come later, whether or not it could be deleted just now. */
    private void remember(List<Pod> deleted) {
        for (Pod pod : deleted) {
            if (pod.status().phase().equals(PodPhase.FAILED)) {
                failed.replaced(set.metadata().uid(), pod.metadata().name(), state.now());
            }
        }
    }

    private int collisions() {
        return Objects.requireNonNullElse(set.status().collisionCount(), 0);
    }

    private List<ControllerRevision> surplus() {
        Set<String> used = new HashSet<>(List.of(state.current().name(), wanted.name()));
        state.pods().values().forEach(pod -> used.add(SetPods.revision(pod)));
        return history.surplus(used, Objects.requireNonNullElse(set.spec().revisionHistoryLimit(), HISTORY));
    }

    private void write(StatefulSetStatus next) {
        if (!next.equals(set.status())) {
            expectations.wrote(
                    key,
                    context.client()
                            .resources(StatefulSet.TYPE)
                            .inNamespace(key.namespace())
                            .updateStatus(set.withStatus(next)));
        }
    }

    /** As Kubernetes words it for these sets. */
    private final class SetWording implements PodWrites.Wording {
        @Override
        public String done(boolean created, String pod) {
            return what(created, pod) + " successful";
        }

        @Override
        public String failed(boolean creating, String pod, String why) {
            return what(creating, pod) + " failed error: " + why;
        }

        private String what(boolean create, String pod) {
            return (create ? "create" : "delete") + " Pod " + pod + " in StatefulSet "
                    + set.metadata().name();
        }
    }
}
