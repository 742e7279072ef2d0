package io.orchestrator.core.control;

import io.orchestrator.core.metrics.Distribution;
import io.orchestrator.core.metrics.Gathering;
import java.util.concurrent.atomic.LongAdder;

/** What happened in a work queue, under the names that Kubernetes' queues have. Thread-safe. */
final class QueueFigures {
    /** As Kubernetes' queues have them. */
    private static final double[] BOUNDS = {1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1, 10, 100, 1000};

    private final LongAdder adds = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final Distribution waits = new Distribution(BOUNDS);
    private final Distribution works = new Distribution(BOUNDS);

    void added() {
        adds.increment();
    }

    void retried() {
        retries.increment();
    }

    void waited(long nanos) {
        waits.observeNanos(nanos);
    }

    void worked(long nanos) {
        works.observeNanos(nanos);
    }

    void report(Gathering gathering, String name, int depth) {
        gathering.gauge("workqueue_depth", "How many keys wait for work.", depth, "name", name);
        gathering.counter("workqueue_adds_total", "How many keys were added.", adds.sum(), "name", name);
        gathering.counter("workqueue_retries_total", "How often work was put off.", retries.sum(), "name", name);
        gathering.distribution(
                "workqueue_queue_duration_seconds", "How long keys waited for work.", waits.reading(), "name", name);
        gathering.distribution(
                "workqueue_work_duration_seconds", "How long work on keys took.", works.reading(), "name", name);
    }
}
