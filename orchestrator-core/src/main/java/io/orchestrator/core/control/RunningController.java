package io.orchestrator.core.control;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.control.Context;
import io.orchestrator.api.control.ControllerSpec;
import io.orchestrator.api.control.ControllerSpec.Source;
import io.orchestrator.api.control.Events;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.control.Outcome;
import io.orchestrator.api.control.View;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.core.client.Informer;
import io.orchestrator.core.client.SharedInformers;
import io.orchestrator.core.control.WorkQueue.Lane;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.metrics.Gathering;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One controller at work: its sources feed its queue, its queue feeds its reconciler, outcomes go back to the queue. */
final class RunningController implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControllerEngine.class);
    /** Refused and unanswered requests are everyday; so many in a row are not. */
    private static final int FAILURES_WORTH_TELLING = 5;

    /** So many objects are looked at without a rest afterwards. */
    private static final int FREE = 1000;

    /** Far beyond what keys stand for today: a bound below it would let the cost of a look grow with the square of the objects. */
    private static final long LONGEST_REST = Duration.ofSeconds(30).toNanos();

    private record EngineContext(View view, Client client, Events events, Clock clock) implements Context {}

    private final ControllerSpec spec;
    private final SharedInformers informers;
    private final DeclaredView view;
    private final Client client;
    private final Events events;
    private final Clock clock;
    private final WorkQueue<ObjectKey> queue;
    private final List<Runnable> detachers = new CopyOnWriteArrayList<>();

    private volatile boolean begun;
    private volatile boolean stopped;

    RunningController(
            ControllerSpec spec,
            Client client,
            SharedInformers informers,
            Events events,
            Environment environment,
            Backoff backoff) {
        this.spec = spec;
        this.informers = informers;
        this.view = new DeclaredView(spec, informers);
        this.client = client.as(spec.name());
        this.events = events.as(spec.name());
        this.clock = environment.clock();
        this.queue = new WorkQueue<>(spec.workers(), backoff, environment, this::reconcile);
    }

    String name() {
        return spec.name();
    }

    void report(Gathering gathering) {
        queue.report(gathering, spec.name());
    }

    Set<ResourceType<?>> kinds() {
        return view.declared();
    }

    boolean hasBegun() {
        return begun;
    }

    /** Called when all caches are warm: only now are objects mapped to keys, which may need more than one kind. */
    void begin() {
        if (!stopped) {
            spec.sources().forEach(this::attach);
            queue.start();
            begun = true;
        }
        if (stopped) {
            detachers.forEach(Runnable::run);
        }
    }

    /** Listens to nothing more and begins nothing more. */
    void stop() {
        stopped = true;
        detachers.forEach(Runnable::run);
    }

    /** Waits for what is under way. */
    @Override
    public void close() {
        queue.close();
    }

    private <T extends Resource> void attach(Source<T> source) {
        Informer<T> informer = informers.informer(source.type());
        Informer.Handler<T> handler = new Informer.Handler<>() {
            @Override
            public void changed(@Nullable T before, @Nullable T after) {
                touch(source, before, after, Lane.NORMAL);
            }

            @Override
            public void found(@Nullable T before, @Nullable T after) {
                touch(source, before, after, Lane.LATER);
            }
        };
        detachers.add(() -> informer.removeHandler(handler));
        informer.addHandler(handler);
    }

    private <T extends Resource> void touch(Source<T> source, @Nullable T before, @Nullable T after, Lane lane) {
        if (before != null && after != null && !source.relevant().test(before, after)) {
            return;
        }
        List<ObjectKey> was = before == null ? List.of() : source.keys().keys(before, view);
        List<ObjectKey> is = after == null ? List.of() : source.keys().keys(after, view);
        was.forEach(key -> queue.add(key, lane));
        if (!is.equals(was)) {
            is.forEach(key -> queue.add(key, lane));
        }
    }

    private void reconcile(ObjectKey key) {
        if (stopped) {
            return;
        }
        CountingView seen = new CountingView(view);
        boolean soon = false;
        try {
            Outcome outcome = spec.reconciler().reconcile(key, new EngineContext(seen, client, events, clock));
            queue.forget(key);
            settle(key, outcome);
            soon = outcome instanceof Outcome.RetryAfter retry && retry.delay().isZero();
        } catch (ApiException e) {
            if (e.isConflict()) {
                LOG.debug("{} {}: somebody else was faster, again", spec.name(), key, e);
                queue.addAfterConflict(key);
            } else {
                failed(key, e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            queue.addBackedOff(key);
        } catch (Exception e) {
            failed(key, e);
        } catch (Error e) {
            queue.addBackedOff(key);
            throw e;
        } finally {
            if (!soon) {
                rest(key, seen.objects());
            }
        }
    }

    /** What had to look at many objects does not do so again for the next change alone; unless it has not done all yet. */
    private void rest(ObjectKey key, int objects) {
        if (objects > FREE) {
            long nanos = (objects - FREE) * spec.restPerObject().toNanos();
            queue.rest(key, Duration.ofNanos(Math.min(nanos, LONGEST_REST)));
        }
    }

    private void settle(ObjectKey key, Outcome outcome) {
        if (outcome instanceof Outcome.RetryAfter retry) {
            LOG.debug("{} {}: again in {}: {}", spec.name(), key, retry.delay(), retry.why());
            queue.addAfter(key, retry.delay());
        } else if (outcome instanceof Outcome.Rejected rejected) {
            LOG.debug("{} {}: rejected: {}", spec.name(), key, rejected.why());
            warn(key, "Rejected", rejected.why());
        }
    }

    private void failed(ObjectKey key, Exception e) {
        if (stopped) {
            return;
        }
        Duration delay = queue.addBackedOff(key);
        int failures = queue.failures(key);
        boolean surprising = !(e instanceof ApiException) && failures == 1;
        if (surprising || failures == FAILURES_WORTH_TELLING) {
            LOG.warn("{} {}: failed {} times in a row, again in {}", spec.name(), key, failures, delay, e);
        } else {
            LOG.debug("{} {}: failed, again in {}", spec.name(), key, delay, e);
        }
    }

    private void warn(ObjectKey key, String reason, String message) {
        spec.primary()
                .flatMap(type -> informers.get(type, key))
                .ifPresent(object -> events.warning(object, reason, message));
    }
}
