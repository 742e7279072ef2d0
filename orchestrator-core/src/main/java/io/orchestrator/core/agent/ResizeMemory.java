package io.orchestrator.core.agent;

import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.ContainerStatus;
import io.orchestrator.api.model.core.PodResizeStatus;
import io.orchestrator.spi.runtime.ContainerSpec.Resources;
import io.orchestrator.spi.runtime.ContainerState;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the agent remembers of the amounts of a pod's containers. An engine may report others than it took, for good: one that cannot
 * hold containers to a limit may take it with no more than a warning. So what it took decides whether there is something to change,
 * until it reports something else than it did after it took that: then somebody has changed the container behind the agent's back.
 * Immutable.
 *
 * @param taken by container id
 * @param restarting ids of containers that end only to begin anew, whatever their restart policy says
 */
record ResizeMemory(Map<String, Taken> taken, Set<String> restarting) {
    static final ResizeMemory NONE = new ResizeMemory(Map.of(), Set.of());

    ResizeMemory {
        taken = Map.copyOf(taken);
        restarting = Set.copyOf(restarting);
    }

    /**
     * What an engine took.
     *
     * @param sure false after a call that failed, which may have changed something
     * @param seen what it reported after that; null while it was not looked at since
     */
    record Taken(Resources amounts, boolean sure, @Nullable Resources seen) {
        Taken(Resources amounts, boolean sure) {
            this(amounts, sure, null);
        }

        /** The engine reports this now, of which it has not said that it took it. */
        Taken reported(Resources now) {
            if (seen == null) {
                return new Taken(amounts, sure, now);
            }
            return ContainerAmounts.areSame(seen, now) ? this : new Taken(now, true, now);
        }
    }

    /** The engine is about to make this container, where it does not have it. */
    ResizeMemory making(String containerId, Resources amounts) {
        return taken.containsKey(containerId) ? this : took(containerId, amounts);
    }

    ResizeMemory took(String containerId, Resources amounts) {
        return with(containerId, new Taken(amounts, true));
    }

    /** The engine did not say that it took something else. */
    ResizeMemory mayHaveChanged(String containerId) {
        Taken before = taken.get(containerId);
        return before == null ? this : with(containerId, new Taken(before.amounts(), false));
    }

    private ResizeMemory with(String containerId, Taken newest) {
        Map<String, Taken> all = new HashMap<>(taken);
        all.put(containerId, newest);
        return new ResizeMemory(all, restarting);
    }

    ResizeMemory restarting(Collection<String> containerIds) {
        Set<String> all = new HashSet<>(restarting);
        all.addAll(containerIds);
        return new ResizeMemory(taken, all);
    }

    /**
     * Forgets containers that are gone, and takes over those that an agent before this one has left: they have what they were granted,
     * but where the pod's status says that a change was under way. What of these has ended, and has to begin anew to be changed, was
     * ended for that.
     *
     * @param making the id of a container that may be made at this moment; empty for none
     * @param settled whether nothing is under way that changes a container, so that what the engine reports is what it has
     */
    ResizeMemory follow(PodFacts facts, String making, boolean settled) {
        Set<String> there = facts.containers().stream().map(ContainerState::id).collect(Collectors.toSet());
        Map<String, Taken> all = new HashMap<>(taken);
        all.keySet().removeIf(id -> !there.contains(id) && !id.equals(making));
        Set<String> again = new HashSet<>(restarting);
        again.retainAll(there);
        for (Container container : facts.pod().spec().containers()) {
            Optional<ContainerState> left =
                    facts.latest(container.name()).filter(state -> !all.containsKey(state.id()));
            if (left.isPresent()) {
                adopt(facts, container, left.get(), all, again);
            }
        }
        if (settled) {
            facts.running().forEach(state -> notice(state, all));
        }
        return all.equals(taken) && again.equals(restarting) ? this : new ResizeMemory(all, again);
    }

    /** What the agent before this one was told of the container, as the status has it; null where that says nothing of it. */
    private static @Nullable Resources reportedBefore(PodFacts facts, ContainerState left) {
        return facts.reported(left.name())
                .filter(status -> status.containerID().endsWith("://" + left.id()))
                .map(ContainerStatus::resources)
                .map(resources -> ContainerAmounts.of(resources, 0))
                .orElse(null);
    }

    private static void notice(ContainerState running, Map<String, Taken> all) {
        Resources now = running.resources();
        if (now != null) {
            all.computeIfPresent(running.id(), (id, known) -> known.reported(now));
        }
    }

    private static void adopt(
            PodFacts facts, Container container, ContainerState left, Map<String, Taken> all, Set<String> again) {
        Resources granted = ContainerAmounts.of(facts.grantedTo(container), 0);
        Resources reported = left.resources();
        boolean underWay = facts.pod().status().resize().equals(PodResizeStatus.IN_PROGRESS);
        all.put(
                left.id(),
                underWay && reported != null
                        ? new Taken(reported, true)
                        : new Taken(granted, true, reportedBefore(facts, left)));
        if (underWay
                && reported != null
                && left.phase() == ContainerState.Phase.EXITED
                && ContainerAmounts.mustRestart(container, granted, reported)) {
            again.add(left.id());
        }
    }
}
