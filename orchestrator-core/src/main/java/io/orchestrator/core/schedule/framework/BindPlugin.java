package io.orchestrator.core.schedule.framework;

/** Writes the placement. The first plugin of a profile that handles the pod does it; without one the API is asked to bind. */
public interface BindPlugin extends Plugin {

    boolean handles(PodView pod, NodeView node);

    /**
     * May block; called on a thread of the scheduler's executor, several at a time. When the outcome is unknown, the pod is read,
     * and where it has no node yet the same binding is asked for again: so it must be harmless to bind twice.
     */
    BindResult bind(PodView pod, String node);
}
