package io.orchestrator.core.control;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.ResourceClient;
import io.orchestrator.api.control.Events;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.model.core.Event;
import io.orchestrator.core.env.Environment;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes events, in the background and in order. A repeat raises the count of the event that is there; a source that floods is
 * cut off by {@link EventSeriesMemory}; when the server is too slow the oldest waiting events are dropped. An event is worth a
 * few tries, not more.
 *
 * <p><b>Threads.</b> Safe for concurrent use. One write is under way at a time, on the environment's executor.
 */
public final class EventRecorder implements Events, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);
    private static final int CAPACITY = 1000;
    private static final int TRIES = 5;
    private static final Duration PAUSE = Duration.ofSeconds(2);

    /** After so many the thread is given back, so that a long queue does not starve its neighbours. */
    private static final int IN_A_ROW = 32;

    private record Waiting(Event event, int tries) {}

    private final Client client;
    private final String component;
    private final Environment environment;
    private final Object lock = new Object();

    @GuardedBy("lock")
    private final EventSeriesMemory memory;

    @GuardedBy("lock")
    private final ArrayDeque<Waiting> queue = new ArrayDeque<>();

    /** Of which events some count waits. */
    @GuardedBy("lock")
    private final Set<ObjectKey> queued = new HashSet<>();

    @GuardedBy("lock")
    private boolean writing;

    @GuardedBy("lock")
    private boolean closed;

    /** @param component who tells, such as {@code deployment-controller} */
    public EventRecorder(Client client, String component, Environment environment) {
        this.client = client;
        this.component = component;
        this.environment = environment;
        this.memory = new EventSeriesMemory(environment);
    }

    @Override
    public void normal(Resource about, String reason, String message) {
        record(component, about, "Normal", reason, message);
    }

    @Override
    public void warning(Resource about, String reason, String message) {
        record(component, about, "Warning", reason, message);
    }

    /** Another source, with the same queue and the same limits. */
    @Override
    public Events as(String source) {
        return new Events() {
            @Override
            public void normal(Resource about, String reason, String message) {
                record(source, about, "Normal", reason, message);
            }

            @Override
            public void warning(Resource about, String reason, String message) {
                record(source, about, "Warning", reason, message);
            }

            @Override
            public Events as(String other) {
                return EventRecorder.this.as(other);
            }
        };
    }

    /** Drops what waits; a write that is under way may still finish. Idempotent. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            queue.clear();
            queued.clear();
        }
    }

    private void record(String source, Resource about, String type, String reason, String message) {
        synchronized (lock) {
            if (closed) {
                return;
            }
            memory.next(source, about, type, reason, message).ifPresent(event -> enqueue(new Waiting(event, 0)));
            if (writing || queue.isEmpty()) {
                return;
            }
            writing = true;
        }
        later(Duration.ZERO);
    }

    /** A later count of an event that still waits takes its place. */
    @GuardedBy("lock")
    private void enqueue(Waiting next) {
        if (!queued.add(ObjectKey.of(next.event()))) {
            queue.removeIf(waiting -> ObjectKey.of(waiting.event()).equals(ObjectKey.of(next.event())));
        }
        if (queue.size() >= CAPACITY) {
            LOG.debug("events come faster than they can be written, dropped {}", poll());
        }
        queue.add(next);
    }

    @GuardedBy("lock")
    private @Nullable Waiting poll() {
        Waiting next = queue.poll();
        if (next != null) {
            queued.remove(ObjectKey.of(next.event()));
        }
        return next;
    }

    /** To wake a thread for each would cost as much as to write it. */
    private void writeSome() {
        for (int row = 0; row < IN_A_ROW; row++) {
            Waiting next;
            synchronized (lock) {
                next = poll();
                if (next == null) {
                    writing = false;
                    return;
                }
            }
            Duration pause = written(next);
            if (!pause.isZero()) {
                later(pause);
                return;
            }
        }
        later(Duration.ZERO);
    }

    /** Returns how long to wait before the next one: for a while where this one is to be tried again. */
    private Duration written(Waiting next) {
        try {
            write(next.event());
        } catch (ApiException e) {
            if (isWorthAnotherTry(e) && next.tries() + 1 < TRIES) {
                putBack(new Waiting(next.event(), next.tries() + 1));
                return PAUSE.plusMillis(environment.random().nextInt(1000));
            }
            LOG.debug("event not written: {}", next.event(), e);
        } catch (RuntimeException e) {
            LOG.warn("event not written: {}", next.event(), e);
        }
        return Duration.ZERO;
    }

    private void putBack(Waiting failed) {
        synchronized (lock) {
            if (!closed && queue.size() < CAPACITY) {
                // A later count that came meanwhile says all that this one would.
                if (queued.add(ObjectKey.of(failed.event()))) {
                    queue.addFirst(failed);
                }
            }
        }
    }

    private void write(Event event) {
        ResourceClient<Event> events =
                client.resources(Event.TYPE).inNamespace(event.metadata().namespace());
        if (event.count() > 1) {
            try {
                events.update(event);
                return;
            } catch (ApiException e) {
                if (!e.isNotFound()) {
                    throw e;
                }
            }
        }
        try {
            events.create(event);
        } catch (ApiException e) {
            if (!e.isAlreadyExists()) {
                throw e;
            }
        }
    }

    private static boolean isWorthAnotherTry(ApiException e) {
        return e.outcomeUnknown() || e.isConflict() || e.retryAfterSeconds() > 0;
    }

    private void later(Duration pause) {
        try {
            if (pause.isZero()) {
                environment.executor().execute(this::writeSome);
            } else {
                environment
                        .timers()
                        .schedule(
                                () -> environment.executor().execute(this::writeSome),
                                pause.toNanos(),
                                TimeUnit.NANOSECONDS);
            }
        } catch (RejectedExecutionException e) {
            LOG.debug("the executor has ended, and this recorder with it", e);
            close();
        }
    }
}
