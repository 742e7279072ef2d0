package io.orchestrator.core.metrics;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Those who measure in one cluster, or on one node. Thread-safe. */
public final class Metrics {
    private final List<MetricSource> sources = new CopyOnWriteArrayList<>();

    /** Asks this source, too, from now on. Returns what ends that. */
    public Runnable add(MetricSource source) {
        sources.add(source);
        return () -> sources.remove(source);
    }

    /**
     * What all of them measured up to now.
     *
     * @param accept the header in which a client says which format it takes; may be empty
     */
    public Exposition exposition(String accept) {
        Gathering gathering = new Gathering();
        sources.forEach(source -> source.report(gathering));
        return Exposition.of(gathering, accept);
    }
}
