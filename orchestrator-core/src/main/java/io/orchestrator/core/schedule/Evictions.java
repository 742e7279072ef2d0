package io.orchestrator.core.schedule;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.env.BoundedExecutor;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.schedule.framework.PodView;
import io.orchestrator.core.schedule.framework.Remedy;
import java.util.List;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes room for pods that fit nowhere. The node is promised to the pod and the victims count as ending at once, so that no
 * other cycle takes the room or drives out more; the deletions are written in the background. Owned by the scheduler's loop.
 */
final class Evictions {
    private static final Logger LOG = LoggerFactory.getLogger(Evictions.class);
    private static final int CALLS_AT_A_TIME = 16;

    private final Environment environment;
    private final Executor loop;
    private final Executor calls;
    private final ClusterCache cache;
    private final SchedulingQueue queue;
    private final Commitments commitments;
    private final Notices notices;
    private final Preemptions preemptions;

    Evictions(
            Client client,
            Environment environment,
            Executor loop,
            ClusterCache cache,
            SchedulingQueue queue,
            Commitments commitments,
            Notices notices) {
        this.environment = environment;
        this.loop = loop;
        this.calls = new BoundedExecutor(environment.executor(), CALLS_AT_A_TIME);
        this.cache = cache;
        this.queue = queue;
        this.commitments = commitments;
        this.notices = notices;
        this.preemptions = new Preemptions(client, environment.clock());
    }

    void make(PodView pod, Remedy.Preempt remedy) {
        releaseLesser(pod, remedy.node());
        cache.nominations().nominate(pod, remedy.node());
        for (PodView victim : remedy.victims()) {
            if (!commitments.giveUp(victim.uid(), "preempted")) {
                driveOut(pod, victim, remedy.node());
            }
        }
    }

    /** Less important pods that were promised this node look again: they may fit elsewhere by now. */
    private void releaseLesser(PodView pod, String node) {
        List<PodView> promised = cache.nominations().byNode().getOrDefault(node, List.of());
        for (PodView other : promised) {
            if (other.priority() < pod.priority()) {
                cache.nominations().remove(other.uid());
                queue.release(other.uid(), now());
            }
        }
    }

    private void driveOut(PodView pod, PodView victim, String node) {
        PodView before = cache.pod(victim.uid());
        if (before == null || before.ending()) {
            return;
        }
        Pod ending = preemptions.marked(
                before.pod()
                        .withMetadata(before.pod()
                                .metadata()
                                .withDeletionTimestamp(
                                        Time.of(environment.clock().instant()))),
                pod.spec().schedulerName());
        PodView asEnding = before.as(ending);
        cache.replace(asEnding);
        calls.execute(() -> {
            ApiException failure = null;
            try {
                preemptions.driveOut(before.pod(), pod.spec().schedulerName());
            } catch (ApiException e) {
                failure = e;
            }
            boolean driven = failure == null;
            if (failure != null) {
                LOG.warn("pod {} could not be driven out for {}", victim.key(), pod.key(), failure);
            }
            loop.execute(() -> driven(pod, before, asEnding, node, driven));
        });
    }

    private void driven(PodView pod, PodView before, PodView asEnding, String node, boolean driven) {
        if (driven) {
            notices.preempted(before, pod, node);
        } else {
            if (cache.pod(before.uid()) == asEnding) {
                cache.replace(before);
            }
            queue.release(pod.uid(), now());
        }
    }

    private long now() {
        return environment.nanoTime().getAsLong();
    }
}
