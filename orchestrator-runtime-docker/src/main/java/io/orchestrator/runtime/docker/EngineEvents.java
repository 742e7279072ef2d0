package io.orchestrator.runtime.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.EventActor;
import com.github.dockerjava.api.model.EventType;
import io.orchestrator.spi.runtime.RuntimeOwner;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells that a pod may have changed. The engine's stream loses events now and then: when it breaks it is opened again with
 * an overlap, and callers list now and then all the same.
 */
final class EngineEvents implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EngineEvents.class);
    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final Duration OVERLAP = Duration.ofSeconds(10);
    /** After these a container may be another one; commands in it, for probes by the second among them, change nothing. */
    private static final String[] CHANGES = {
        "create", "start", "die", "oom", "destroy", "pause", "unpause", "update", "rename"
    };

    private final DockerClient docker;
    private final RuntimeOwner owner;
    private final Clock clock;
    private final ScheduledExecutorService timers;
    private final First first;
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

    /** Guarded by this. */
    private @Nullable Stream stream;

    private boolean closed;
    private boolean everOpened;

    /** Who is told of each event before the listeners are. */
    interface First {
        /** @param attributes of the container, its labels and its name among them */
        void happened(String action, String container, Map<String, String> attributes);

        /** Events may have been missed, of any container. */
        void missed();
    }

    /** @param first told of every event before the listeners */
    EngineEvents(DockerClient docker, RuntimeOwner owner, Clock clock, ScheduledExecutorService timers, First first) {
        this.docker = docker;
        this.owner = owner;
        this.clock = clock;
        this.timers = timers;
        this.first = first;
    }

    AutoCloseable listen(Consumer<String> podUid) {
        listeners.add(podUid);
        open();
        return () -> listeners.remove(podUid);
    }

    private synchronized void open() {
        if (closed || stream != null) {
            return;
        }
        Stream opened = new Stream();
        stream = opened;
        var command = docker.eventsCmd()
                .withEventTypeFilter(EventType.CONTAINER)
                .withEventFilter(CHANGES)
                .withLabelFilter(OwnerLabels.filterOf(owner));
        if (everOpened) {
            command.withSince(Long.toString(clock.instant().minus(OVERLAP).getEpochSecond()));
        }
        command.exec(opened);
        if (everOpened) {
            first.missed();
        }
        everOpened = true;
    }

    private synchronized void broke(Stream which) {
        if (closed || stream != which) {
            return;
        }
        stream = null;
        timers.schedule(this::open, AGAIN.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        Stream open;
        synchronized (this) {
            closed = true;
            open = stream;
            stream = null;
        }
        listeners.clear();
        if (open != null) {
            open.end();
        }
    }

    /** One connection's worth of events. */
    private final class Stream extends ResultCallback.Adapter<Event> {
        @Override
        public void onStart(java.io.Closeable connection) {
            super.onStart(connection);
            synchronized (EngineEvents.this) {
                if (stream == this) {
                    return;
                }
            }
            // Closed before the answer came.
            end();
        }

        @Override
        public void onNext(Event event) {
            EventActor actor = event.getActor();
            Map<String, String> attributes =
                    actor == null || actor.getAttributes() == null ? Map.of() : actor.getAttributes();
            String id = event.getId();
            if (id != null) {
                first.happened(String.valueOf(event.getAction()), id, attributes);
            }
            String uid = attributes.get(OwnerLabels.POD_UID);
            if (uid != null) {
                listeners.forEach(listener -> listener.accept(uid));
            }
        }

        @Override
        public void onError(Throwable error) {
            LOG.debug("the event stream of Docker broke: {}", error.toString());
            super.onError(error);
            broke(this);
        }

        @Override
        public void onComplete() {
            super.onComplete();
            broke(this);
        }

        void end() {
            try {
                close();
            } catch (IOException e) {
                LOG.debug("the event stream of Docker did not close well: {}", e.toString());
            }
        }
    }
}
