package io.orchestrator.core.control.deployment;

import io.orchestrator.api.model.apps.ReplicaSet;

/** One write of a roll-out. */
sealed interface Step {
    /** Makes the set of today's template. */
    record Create(ReplicaSet set) implements Step {}

    /** Brings what a set says about the Deployment up to date. */
    record Annotate(ReplicaSet set) implements Step {}

    /** Gives a set another number of pods. */
    record Resize(ReplicaSet set, int from, int to) implements Step {}

    /** Forgets an old revision. */
    record Remove(ReplicaSet set) implements Step {}
}
