package io.orchestrator.core.schedule.framework;

/** Says which waiting pod is tried first. One scheduler has one queue, so all its profiles have the same. */
public interface QueueSortPlugin extends Plugin {

    /**
     * A consistent order, as of {@link java.util.Comparator}, that depends on the two pods alone. Among equals, who has waited
     * longest comes first.
     */
    int compare(PodView one, PodView other);
}
