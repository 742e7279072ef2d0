package io.orchestrator.core.control.pods;

import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodPhase;
import io.orchestrator.core.control.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What it takes to come from the pods that are there to the number that is wanted.
 *
 * @param create the names of pods to be made
 * @param delete pods to go, the cheapest first
 * @param notBefore how long to wait before pods are made; zero for now
 * @param more whether there is more to be done than is done in one go
 */
public record ReplicaPlan(List<String> create, List<Pod> delete, Duration notBefore, boolean more) {
    /** No more writes at a time, so that other owners get their turn; or this part of all, where that is more. */
    private static final int BURST = 500;

    private static final int BURSTS = 10;

    private static final Backoff REPLACEMENT = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5));
    private static final Duration RECENT = Duration.ofHours(1);

    public ReplicaPlan {
        create = List.copyOf(create);
        delete = List.copyOf(delete);
    }

    /**
     * @param owned all pods that the owner controls, ended ones too
     * @param related active pods that do the same work for whichever owner; asked where some are to be deleted
     * @param spare how many available pods may be deleted
     * @param taken whether some pod bears the name already
     */
    public static ReplicaPlan of(
            ReplicaOwner owner,
            Collection<Pod> owned,
            Supplier<? extends Collection<Pod>> related,
            int spare,
            Predicate<String> taken,
            Instant now) {
        List<Pod> active = owned.stream().filter(PodFacts::isActive).toList();
        int missing = owner.replicas() - active.size();
        if (missing > 0) {
            List<String> names = freeNames(owner, Math.min(missing, burst(owner.replicas())), taken);
            return new ReplicaPlan(names, List.of(), replacementDelay(owned, now), missing > names.size());
        }
        int minReady = owner.minReadySeconds();
        boolean allNeeded = spare <= 0 && active.stream().allMatch(pod -> PodFacts.isAvailable(pod, minReady, now));
        if (missing == 0 || allNeeded) {
            return new ReplicaPlan(List.of(), List.of(), Duration.ZERO, false);
        }
        List<Pod> surplus =
                new DeletionOrder(related.get(), now).first(Math.min(-missing, burst(active.size())), active);
        List<Pod> delete = dispensable(surplus, spare, minReady, now);
        // Where fewer may be spared than were looked at, nothing is to be done until a change tells of ready ones.
        boolean more = delete.size() == surplus.size() && -missing > surplus.size();
        return new ReplicaPlan(List.of(), delete, Duration.ZERO, more);
    }

    /** Between two bursts all pods are looked at, so their number must not grow with that of the pods. */
    private static int burst(int pods) {
        return Math.max(BURST, pods / BURSTS);
    }

    private static List<Pod> dispensable(List<Pod> surplus, int spare, int minReadySeconds, Instant now) {
        List<Pod> dispensable = new ArrayList<>();
        int left = spare;
        for (Pod pod : surplus) {
            boolean available = PodFacts.isAvailable(pod, minReadySeconds, now);
            if (!available || left > 0) {
                dispensable.add(pod);
                left -= available ? 1 : 0;
            }
        }
        return dispensable;
    }

    public boolean isEmpty() {
        return create.isEmpty() && delete.isEmpty();
    }

    private static List<String> freeNames(ReplicaOwner owner, int count, Predicate<String> taken) {
        Set<String> names = new LinkedHashSet<>();
        for (int slot = 0; names.size() < count; slot++) {
            String name = SafeNames.slot(owner.object().metadata().name(), owner.uid(), slot);
            if (!taken.test(name)) {
                names.add(name);
            }
        }
        return new ArrayList<>(names);
    }

    /**
     * Where pods fail soon after they were made, say because a node refuses them, their replacements come ever more slowly:
     * each recent failure doubles the time since the last one's creation.
     */
    private static Duration replacementDelay(Collection<Pod> owned, Instant now) {
        int failures = 0;
        Instant last = Instant.MIN;
        for (Pod pod : owned) {
            Time created = pod.metadata().creationTimestamp();
            if (pod.status().phase().equals(PodPhase.FAILED)
                    && created != null
                    && created.instant().isAfter(now.minus(RECENT))) {
                failures++;
                last = created.instant().isAfter(last) ? created.instant() : last;
            }
        }
        if (failures == 0) {
            return Duration.ZERO;
        }
        Duration left = Duration.between(now, last.plus(REPLACEMENT.delay(failures)));
        return left.isNegative() ? Duration.ZERO : left;
    }
}
