package io.orchestrator.core.control.pods;

import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodPhase;
import io.orchestrator.core.control.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/**
 * What it takes to come from the pods that are there to the number that is wanted.
 *
 * @param create the names of pods to be made
 * @param delete pods to go, the cheapest first
 * @param notBefore how long to wait before pods are made; zero for now
 */
public record ReplicaPlan(List<String> create, List<Pod> delete, Duration notBefore) {
    /** No more writes at a time, so that other owners get their turn. */
    public static final int BURST = 500;

    private static final Backoff REPLACEMENT = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5));
    private static final Duration RECENT = Duration.ofHours(1);

    public ReplicaPlan {
        create = List.copyOf(create);
        delete = List.copyOf(delete);
    }

    /**
     * @param owned all pods that the owner controls, ended ones too
     * @param related active pods that do the same work for whichever owner
     * @param spare how many available pods may be deleted
     * @param taken whether some pod bears the name already
     */
    public static ReplicaPlan of(
            ReplicaOwner owner,
            Collection<Pod> owned,
            Collection<Pod> related,
            int spare,
            Predicate<String> taken,
            Instant now) {
        List<Pod> active = owned.stream().filter(PodFacts::isActive).toList();
        int missing = owner.replicas() - active.size();
        if (missing > 0) {
            List<String> names = freeNames(owner, Math.min(missing, BURST), taken);
            return new ReplicaPlan(names, List.of(), replacementDelay(owned, now));
        }
        List<Pod> surplus = active.stream()
                .sorted(new DeletionOrder(related, now))
                .limit(Math.min(-missing, BURST))
                .toList();
        return new ReplicaPlan(List.of(), dispensable(surplus, spare, owner.minReadySeconds(), now), Duration.ZERO);
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
        List<String> names = new ArrayList<>();
        for (int slot = 0; names.size() < count; slot++) {
            String name = SafeNames.slot(owner.object().metadata().name(), owner.uid(), slot);
            if (!taken.test(name) && !names.contains(name)) {
                names.add(name);
            }
        }
        return names;
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
