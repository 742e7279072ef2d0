package io.orchestrator.core.schedule;

import io.orchestrator.core.metrics.Distribution;
import io.orchestrator.core.metrics.Gathering;
import io.orchestrator.core.metrics.Labelled;
import io.orchestrator.core.metrics.MetricSource;
import java.util.concurrent.atomic.LongAdder;

/** What the scheduler did and has to do, under the names that Kubernetes' has. Written by the loop, read by anybody. */
final class SchedulerFigures implements MetricSource {
    /** How a decision about a pod came out. */
    enum Result {
        SCHEDULED("scheduled"),
        UNSCHEDULABLE("unschedulable"),
        ERROR("error");

        private final String label;

        Result(String label) {
            this.label = label;
        }
    }

    /** How many pods wait, and for what. */
    record Pending(int active, int backoff, int unschedulable, int gated) {
        static final Pending NONE = new Pending(0, 0, 0, 0);
    }

    private final Labelled<LongAdder> attempts = new Labelled<>(LongAdder::new, "profile", "result");
    private final Labelled<Distribution> spans =
            new Labelled<>(() -> new Distribution(Distribution.doubling(0.001, 15)), "profile", "result");
    private volatile Pending pending = Pending.NONE;

    void decided(String profile, Result result, long nanos) {
        attempts.with(profile, result.label).increment();
        spans.with(profile, result.label).observeNanos(nanos);
    }

    void pending(Pending now) {
        pending = now;
    }

    @Override
    public void report(Gathering gathering) {
        Pending now = pending;
        waiting(gathering, "active", now.active());
        waiting(gathering, "backoff", now.backoff());
        waiting(gathering, "unschedulable", now.unschedulable());
        waiting(gathering, "gated", now.gated());
        attempts.forEach((labels, count) -> gathering.counter(
                "scheduler_schedule_attempts_total", "How decisions about pods came out.", count.sum(), labels));
        spans.forEach((labels, span) -> gathering.distribution(
                "scheduler_scheduling_attempt_duration_seconds",
                "How long a decision about a pod took; the binding is not in it.",
                span.reading(),
                labels));
    }

    private static void waiting(Gathering gathering, String queue, int pods) {
        gathering.gauge("scheduler_pending_pods", "How many pods wait for a node.", pods, "queue", queue);
    }
}
