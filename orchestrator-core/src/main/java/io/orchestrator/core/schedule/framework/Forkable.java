package io.orchestrator.core.schedule.framework;

/** A value in a cycle that changes when pods are added or removed by way of trial. What is not forkable is shared by all trials. */
public interface Forkable {

    /** An equal value that changes by itself from now on. */
    Forkable fork();
}
