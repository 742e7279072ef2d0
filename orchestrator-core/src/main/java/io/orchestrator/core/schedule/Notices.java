package io.orchestrator.core.schedule;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.control.Events;
import io.orchestrator.core.env.BoundedExecutor;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.schedule.framework.PodView;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Tells people what became of pods: in events, and in the pod's own condition. Used by the scheduler's loop. */
final class Notices {
    private static final int CALLS_AT_A_TIME = 16;

    private final Events events;
    private final SchedulingConditions conditions;
    private final Nominations nominations;
    private final Executor calls;

    Notices(Client client, Events events, Environment environment, Nominations nominations) {
        this.events = events;
        this.conditions = new SchedulingConditions(client, environment.clock());
        this.nominations = nominations;
        this.calls = new BoundedExecutor(environment.executor(), CALLS_AT_A_TIME);
    }

    /** The pod fits nowhere, or a plugin refused its placement. */
    void unschedulable(PodView pod, String message) {
        explain(pod, "Unschedulable", message);
    }

    /** Something went wrong. */
    void failed(PodView pod, String message) {
        explain(pod, "SchedulerError", message);
    }

    void scheduled(PodView pod, String node) {
        events.as(pod.spec().schedulerName())
                .normal(pod.pod(), "Scheduled", "Successfully assigned " + pod.key() + " to " + node);
    }

    void preempted(PodView victim, PodView by, String node) {
        events.as(by.spec().schedulerName())
                .normal(victim.pod(), "Preempted", "Preempted by pod " + by.uid() + " on node " + node);
    }

    private void explain(PodView pod, String reason, String message) {
        events.as(pod.spec().schedulerName()).warning(pod.pod(), "FailedScheduling", message);
        @Nullable String nominated = nominations.nodeOf(pod.uid());
        String node = nominated == null ? "" : nominated;
        calls.execute(() -> conditions.unscheduled(pod.pod(), reason, message, node));
    }
}
