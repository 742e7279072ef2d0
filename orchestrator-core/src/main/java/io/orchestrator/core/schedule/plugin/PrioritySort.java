package io.orchestrator.core.schedule.plugin;

import io.orchestrator.core.schedule.framework.PodView;
import io.orchestrator.core.schedule.framework.QueueSortPlugin;

/** The more important pod goes first. */
public final class PrioritySort implements QueueSortPlugin {

    @Override
    public String name() {
        return "PrioritySort";
    }

    @Override
    public int compare(PodView one, PodView other) {
        return Integer.compare(other.priority(), one.priority());
    }
}
