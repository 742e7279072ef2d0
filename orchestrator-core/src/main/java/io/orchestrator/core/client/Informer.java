package io.orchestrator.core.client;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.ApiTransport;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.client.Target;
import io.orchestrator.api.client.Watch;
import io.orchestrator.api.client.WatchEvent;
import io.orchestrator.api.client.WatchListener;
import io.orchestrator.api.control.ControllerSpec.Index;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceList;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.core.env.Environment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cache of one kind that a watch keeps current.
 *
 * <p>It lists once, watches from there, resumes a watch that ends from the last version it saw, and lists again only when that
 * version is no longer kept. It never goes back in time: a list that is older than what it saw is asked for again. After a failure it waits, longer each time and never at the same moment as its neighbours. What
 * happened while it could not look is told to the handlers as if it had been seen: also that an object went, and that one of
 * the same name took its place.
 *
 * <p><b>Threads.</b> Safe for concurrent use. Handlers are called one at a time, after the cache has changed, by the thread
 * that brought the change; they must be quick. Reads never wait for the server.
 */
public final class Informer<T extends Resource> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Informer.class);

    /** Told of each change of the cache. */
    @FunctionalInterface
    public interface Handler<T extends Resource> {
        /**
         * @param before null when the object is new here
         * @param after null when the object is gone; never null together with {@code before}
         */
        void changed(@Nullable T before, @Nullable T after);

        /** The same, found by looking at everything: at the start, or after the watch was lost. Comes with many of its kind. */
        default void found(@Nullable T before, @Nullable T after) {
            changed(before, after);
        }
    }

    private final ApiTransport transport;
    private final Target<T> collection;
    private final ListOptions which;
    private final Environment environment;
    private final Relisting relisting;
    private final ObjectCache<T> cache = new ObjectCache<>();
    private final Mailbox mailbox = new Mailbox();

    // Owned by the mailbox.
    /** Made anew where one comes or goes, which is seldom: changes come often. */
    private List<Handler<T>> handlers = List.of();

    private final List<Runnable> awaitingSync = new ArrayList<>();
    private boolean started;
    private String version = "";
    private int attempt;
    private @Nullable Watch watch;
    private @Nullable ScheduledFuture<?> pending;

    private volatile boolean synced;
    private volatile boolean closed;

    /** All objects of a kind, in all namespaces. */
    public Informer(ApiTransport transport, ResourceType<T> type, Environment environment) {
        this(transport, Target.collection(type, ""), ListOptions.all(), environment);
    }

    /** The objects of a collection that the options' selectors match. */
    public Informer(ApiTransport transport, Target<T> collection, ListOptions which, Environment environment) {
        this.transport = transport;
        this.collection = collection;
        this.which = which;
        this.environment = environment;
        this.relisting = new Relisting(environment);
    }

    /** Begins to fill the cache. Idempotent. */
    public void start() {
        mailbox.run(() -> {
            if (!started) {
                started = true;
                after(Duration.ZERO, () -> list(which));
            }
        });
    }

    /** Whether the cache was filled once, and the handlers of that time have seen everything in it. */
    public boolean hasSynced() {
        return synced;
    }

    /** Runs the action once the cache is filled, at once if it is. */
    public void whenSynced(Runnable action) {
        mailbox.run(() -> {
            if (synced) {
                action.run();
            } else {
                awaitingSync.add(action);
            }
        });
    }

    /** Tells the handler of everything that is in the cache, as new, and then of each change. */
    public void addHandler(Handler<T> handler) {
        mailbox.run(() -> {
            List<Handler<T>> more = new ArrayList<>(handlers);
            more.add(handler);
            handlers = List.copyOf(more);
            cache.list("").forEach(object -> tell(handler, null, object, true));
        });
    }

    /** No call to the handler begins after this one has taken effect, which may be shortly after it returns. */
    public void removeHandler(Handler<T> handler) {
        mailbox.run(() -> {
            List<Handler<T>> fewer = new ArrayList<>(handlers);
            fewer.remove(handler);
            handlers = List.copyOf(fewer);
        });
    }

    /** Adds an index, also over what is there already. */
    public void index(Index<T> index) {
        cache.index(index);
    }

    public Optional<T> get(ObjectKey key) {
        return cache.get(key);
    }

    /** All in the namespace, or everywhere when it is empty; ordered by key. */
    public List<T> list(String namespace) {
        return cache.list(namespace);
    }

    public List<T> list(String namespace, Map<String, String> labels) {
        return cache.list(namespace, labels);
    }

    public List<T> ownedBy(String ownerUid) {
        return cache.byIndex(ObjectCache.BY_CONTROLLER, ownerUid);
    }

    /** @throws IllegalArgumentException when there is no such index */
    public List<T> byIndex(String index, String value) {
        return cache.byIndex(index, value);
    }

    /** Ends the watch. What is in the cache stays readable. Idempotent. */
    @Override
    public void close() {
        closed = true;
        mailbox.run(() -> {
            endWatch();
            handlers = List.of();
            awaitingSync.clear();
            if (pending != null) {
                pending.cancel(false);
                pending = null;
            }
        });
    }

    /** Where something was seen already, a list that is not older will do, which a server has at hand. */
    private void list(ListOptions from) {
        ResourceList<T> answer;
        try {
            answer = transport.list(collection, from);
        } catch (ApiException e) {
            mailbox.run(() -> again("list", e));
            return;
        }
        mailbox.run(() -> replace(answer));
    }

    private void replace(ResourceList<T> answer) {
        if (closed) {
            return;
        }
        String listed = answer.metadata().resourceVersion();
        if (ResourceVersions.compare(listed, version) < 0) {
            String why = "a list at " + listed + " is older than what was seen at " + version;
            again("list", new ApiException(Reason.EXPIRED, why));
            return;
        }
        Set<ObjectKey> present = new HashSet<>();
        for (T object : answer.items()) {
            present.add(ObjectKey.of(object));
            put(object, true);
        }
        for (ObjectKey key : cache.keys()) {
            if (!present.contains(key)) {
                remove(key, true);
            }
        }
        version = listed;
        synced = true;
        List<Runnable> waiting = List.copyOf(awaitingSync);
        awaitingSync.clear();
        waiting.forEach(Runnable::run);
        after(Duration.ZERO, this::watchOn);
    }

    private void watchOn() {
        mailbox.run(() -> {
            if (closed) {
                return;
            }
            endWatch();
            relisting.watching();
            try {
                ListOptions from = which.since(version).withBookmarks().lasting(relisting.watchSeconds());
                watch = transport.watch(collection, from, listener(attempt));
            } catch (ApiException e) {
                again("watch", e);
            }
        });
    }

    private WatchListener<T> listener(int of) {
        return new WatchListener<>() {
            @Override
            public void onEvent(WatchEvent<T> event) {
                mailbox.run(() -> seen(of, event));
            }

            @Override
            public void onClosed(ApiException cause) {
                mailbox.run(() -> ended(of, cause));
            }
        };
    }

    private void seen(int of, WatchEvent<T> event) {
        if (of != attempt || closed) {
            return;
        }
        switch (event.type()) {
            case ADDED, MODIFIED -> put(event.object(), false);
            case DELETED -> remove(ObjectKey.of(event.object()), false);
            case BOOKMARK -> {}
        }
        version = event.resourceVersion();
    }

    private void ended(int of, ApiException cause) {
        if (of == attempt) {
            endWatch();
            again("watch", cause);
        }
    }

    private void again(String what, ApiException cause) {
        if (closed) {
            return;
        }
        Relisting.Next next = relisting.after(cause, synced);
        LOG.debug(
                "{} of {} ended, {} in {}",
                what,
                collection.type().kind(),
                next.list() ? "list" : "watch",
                next.delay(),
                cause);
        ListOptions known = version.isEmpty() ? which : which.since(version);
        after(next.delay(), next.list() ? () -> list(known) : this::watchOn);
    }

    /** Whatever the watch still delivers is no longer listened to. */
    private void endWatch() {
        attempt++;
        if (watch != null) {
            watch.close();
            watch = null;
        }
    }

    private void put(T object, boolean listed) {
        T before = cache.put(object);
        if (before == null) {
            tell(null, object, listed);
        } else if (!before.metadata().uid().equals(object.metadata().uid())) {
            tell(before, null, listed);
            tell(null, object, listed);
        } else if (!before.metadata().resourceVersion().equals(object.metadata().resourceVersion())) {
            tell(before, object, listed);
        }
    }

    private void remove(ObjectKey key, boolean listed) {
        T before = cache.remove(key);
        if (before != null) {
            tell(before, null, listed);
        }
    }

    private void tell(@Nullable T before, @Nullable T after, boolean listed) {
        for (Handler<T> handler : handlers) {
            tell(handler, before, after, listed);
        }
    }

    private void tell(Handler<T> handler, @Nullable T before, @Nullable T after, boolean listed) {
        try {
            if (listed) {
                handler.found(before, after);
            } else {
                handler.changed(before, after);
            }
        } catch (RuntimeException e) {
            LOG.error("a handler of {} failed", collection.type().kind(), e);
        }
    }

    /** Runs the step on the executor, where it may block. Called by the mailbox only. */
    private void after(Duration delay, Runnable step) {
        if (closed) {
            return;
        }
        try {
            if (delay.isZero()) {
                environment.executor().execute(step);
            } else {
                pending = environment
                        .timers()
                        .schedule(() -> environment.executor().execute(step), delay.toNanos(), TimeUnit.NANOSECONDS);
            }
        } catch (RejectedExecutionException e) {
            LOG.debug("the executor has ended, and this informer with it", e);
            closed = true;
        }
    }
}
