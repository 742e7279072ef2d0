package io.orchestrator.core.schedule.framework;

/** Says whether a pod may be tried at all. */
public interface PreEnqueuePlugin extends Plugin {

    /**
     * Unfit keeps the pod out of the queue, without an event. Asked again when the pod changes, and when an object of a kind
     * changes that the plugin reads.
     */
    Verdict mayEnter(PodView pod, KnownObjects objects);
}
