package io.orchestrator.core.schedule;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.core.env.BoundedExecutor;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.schedule.framework.ClusterChange;
import io.orchestrator.core.schedule.framework.NodeView;
import io.orchestrator.core.schedule.framework.Plugin;
import io.orchestrator.core.schedule.framework.PodView;
import io.orchestrator.core.schedule.framework.PostBindPlugin;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees placements through, from the choice of a node to the binding, and takes every trace of those back that do not come
 * about: what plugins reserved, what was assumed, the room. Owned by the scheduler's loop.
 */
final class Commitments implements Preparations.Outcome, Placements.Outcome, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Commitments.class);
    private static final int CALLS_AT_A_TIME = 16;

    private final Client client;
    private final Environment environment;
    private final Executor loop;
    private final Executor calls;
    private final ClusterCache cache;
    private final SchedulingQueue queue;
    private final Notices notices;
    private final Consumer<ClusterChange> changes;
    private final Preparations preparations;
    private final Placements placements;

    /** @param changes is told what an undone placement frees */
    Commitments(
            Client client,
            Environment environment,
            Executor loop,
            ClusterCache cache,
            SchedulingQueue queue,
            Notices notices,
            long bindTimeoutNanos,
            Consumer<ClusterChange> changes) {
        this.client = client;
        this.environment = environment;
        this.loop = loop;
        this.calls = new BoundedExecutor(environment.executor(), CALLS_AT_A_TIME);
        this.cache = cache;
        this.queue = queue;
        this.notices = notices;
        this.changes = changes;
        this.preparations = new Preparations(environment, cache, this, bindTimeoutNanos);
        this.placements = new Placements(new Binder(client), environment, loop, cache, this);
    }

    void begin(Placement placement) {
        preparations.begin(placement);
    }

    /** Whether some placement waits for others, or for objects. */
    boolean areHeldBack() {
        return !preparations.isEmpty();
    }

    void review() {
        preparations.review();
    }

    void advance(long now) {
        placements.advance(now);
        OptionalLong held = preparations.nextAdvance();
        if (held.isPresent() && held.getAsLong() - now <= 0) {
            preparations.review();
        }
    }

    OptionalLong nextAdvance() {
        OptionalLong one = placements.nextAdvance();
        OptionalLong other = preparations.nextAdvance();
        if (one.isEmpty() || other.isEmpty()) {
            return one.isPresent() ? one : other;
        }
        return OptionalLong.of(Math.min(one.getAsLong(), other.getAsLong()));
    }

    /** The pod went, or somebody else gave it a node: a placement that is not being bound yet is over. */
    void cancel(String uid) {
        Placement placement = preparations.of(uid);
        if (placement != null) {
            preparations.release(placement);
        }
    }

    /** A placement that is still held back is given up for a more important pod. Returns false when there is none. */
    boolean giveUp(String uid, String why) {
        Placement placement = preparations.of(uid);
        if (placement == null) {
            return false;
        }
        failed(placement, why);
        return true;
    }

    @Override
    public void close() {
        placements.close();
    }

    @Override
    public void ready(Placement placement) {
        placements.bind(placement);
    }

    @Override
    public void rejected(Placement placement, Plugin by, String why) {
        undo(placement);
        queue.park(placement.queued, Set.of(by), now());
        notices.unschedulable(placement.pod(), why);
    }

    @Override
    public void failed(Placement placement, String why) {
        undo(placement);
        queue.retry(placement.queued, now());
        notices.failed(placement.pod(), why);
    }

    @Override
    public void refused(Placement placement, String why) {
        failed(placement, why);
    }

    @Override
    public void gone(Placement placement) {
        undo(placement);
        // The informer says the last word: should it have been a stale answer, the pod is still in the queue.
        queue.retry(placement.queued, now());
    }

    @Override
    public void bound(Placement placement, String node) {
        PodView pod = placement.pod();
        queue.remove(pod.uid());
        if (!node.equals(placement.node)) {
            // Somebody else was faster.
            preparations.release(placement);
            roomFreed(pod, placement.node);
            return;
        }
        placement.reserved.clear();
        cache.objects().forget(pod.uid());
        notices.scheduled(pod, node);
        for (PostBindPlugin plugin : placement.steps.postBind) {
            try {
                plugin.postBind(placement.cycle, node);
            } catch (RuntimeException e) {
                LOG.error("plugin {} failed after the binding of {}", plugin.name(), pod.key(), e);
            }
        }
    }

    @Override
    public void write(Placement placement, List<Resource> updates) {
        calls.execute(() -> {
            for (Resource update : updates) {
                try {
                    write(update);
                } catch (RuntimeException e) {
                    // What is so and what must be is compared again, so nothing is lost but time.
                    LOG.debug(
                            "{} is not updated yet for pod {}",
                            update.metadata().name(),
                            placement.pod().key(),
                            e);
                }
            }
            loop.execute(() -> preparations.written(placement));
        });
    }

    @SuppressWarnings("unchecked") // an object is of its own class
    private <T extends Resource> void write(T object) {
        ResourceType<T> type = ResourceType.of((Class<T>) object.getClass());
        client.resources(type).inNamespace(object.metadata().namespace()).update(object);
    }

    /** Nothing remains of the placement. */
    private void undo(Placement placement) {
        PodView pod = placement.pod();
        preparations.release(placement);
        if (cache.isAssumed(pod.uid())) {
            String node = cache.remove(pod.uid());
            if (node != null) {
                roomFreed(pod, node);
            }
        }
    }

    private void roomFreed(PodView pod, String node) {
        NodeView view = cache.nodeView(node);
        if (view != null) {
            changes.accept(new ClusterChange.PodGone(pod, view));
        }
    }

    private long now() {
        return environment.nanoTime().getAsLong();
    }
}
