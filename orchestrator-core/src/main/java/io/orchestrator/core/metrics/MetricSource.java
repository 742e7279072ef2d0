package io.orchestrator.core.metrics;

/** Somebody who measures. Thread-safe; must not block. */
@FunctionalInterface
public interface MetricSource {

    /** Says what has been measured up to now. Two sources may report the same name with different labels. */
    void report(Gathering gathering);
}
