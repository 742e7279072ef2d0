package io.orchestrator.core.schedule.framework;

import java.util.List;

/** What can be done for a pod that fits nowhere. */
public sealed interface Remedy {

    /**
     * Nothing.
     *
     * @param message is added to what the pod is told; may be empty
     * @param keepsNomination whether room that was cleared for the pod before stays reserved for it
     */
    record None(String message, boolean keepsNomination) implements Remedy {}

    /**
     * The victims are deleted, each with its own grace period, and the room is kept for the pod, which is tried again when it
     * is free. Without victims the node is only reserved.
     */
    record Preempt(String node, List<PodView> victims) implements Remedy {
        public Preempt {
            victims = List.copyOf(victims);
        }
    }

    static Remedy none(String message) {
        return new None(message, false);
    }
}
