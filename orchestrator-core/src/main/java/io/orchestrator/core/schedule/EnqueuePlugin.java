package io.orchestrator.core.schedule;

/** Says whether a pod may be tried at all. Asked when the pod appears and when it changes. */
public interface EnqueuePlugin {

    String name();

    /** Unfit keeps the pod out of the queue, without an event, until the pod itself changes. */
    Verdict mayEnter(PodView pod);
}
