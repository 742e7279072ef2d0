package io.orchestrator.store.etcd;

import io.orchestrator.spi.store.ChangeSink;
import io.orchestrator.spi.store.StoreException;
import io.orchestrator.spi.store.StoreKey;
import io.orchestrator.spi.store.Subscription;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all watches of one store share: the connection, the threads, the timer that looks after them. */
final class EtcdWatching {
    private static final Logger LOG = LoggerFactory.getLogger(EtcdWatching.class);

    private final EtcdStoreOptions options;
    private final KeySpace keys;
    private final OwnValues own;
    private final EtcdConnection connection;
    private final EtcdCalls calls;
    private final Executor executor;
    private final ScheduledExecutorService timers;
    private final LongSupplier nanoTime;
    private final Set<EtcdSubscription> subscriptions = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean versionAsked = new AtomicBoolean();
    private volatile boolean progressTrusted;
    private volatile boolean closed;

    EtcdWatching(
            EtcdStoreOptions options,
            KeySpace keys,
            OwnValues own,
            EtcdConnection connection,
            EtcdCalls calls,
            Executor executor,
            ScheduledExecutorService timers,
            LongSupplier nanoTime) {
        this.options = options;
        this.keys = keys;
        this.own = own;
        this.connection = connection;
        this.calls = calls;
        this.executor = executor;
        this.timers = timers;
        this.nanoTime = nanoTime;
        long interval = options.pingEvery().toNanos();
        timers.scheduleWithFixedDelay(this::tick, interval, interval, TimeUnit.NANOSECONDS);
    }

    Subscription watch(StoreKey prefix, long after, ChangeSink sink) {
        if (after < 0) {
            throw new IllegalArgumentException("after must not be negative");
        }
        EtcdSubscription subscription = new EtcdSubscription(this, prefix, after, sink);
        subscriptions.add(subscription);
        // Behind the addition: a close that comes at the same time either sees it, or is seen here.
        if (closed) {
            subscriptions.remove(subscription);
            throw new StoreException.Closed();
        }
        subscription.start();
        if (versionAsked.compareAndSet(false, true)) {
            later(Duration.ZERO, () -> executor.execute(this::askVersions));
        }
        return subscription;
    }

    void close() {
        closed = true;
        for (EtcdSubscription subscription : subscriptions) {
            subscription.end(new StoreException.Closed());
        }
        subscriptions.clear();
    }

    EtcdStoreOptions options() {
        return options;
    }

    KeySpace keys() {
        return keys;
    }

    /** What this store has written last. */
    OwnValues own() {
        return own;
    }

    EtcdConnection connection() {
        return connection;
    }

    Executor executor() {
        return executor;
    }

    LongSupplier nanoTime() {
        return nanoTime;
    }

    /** Whether every member is of a version whose progress marks stay behind the events. */
    boolean progressIsTrusted() {
        return progressTrusted;
    }

    void later(Duration delay, Runnable task) {
        try {
            timers.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("Closed while a watch was to begin again", e);
        }
    }

    void forget(EtcdSubscription subscription) {
        subscriptions.remove(subscription);
    }

    private void tick() {
        subscriptions.forEach(EtcdSubscription::tick);
    }

    private void askVersions() {
        try {
            boolean all = true;
            for (String endpoint : options.endpoints()) {
                String version = calls.call(
                                "version of " + endpoint,
                                client -> client.getMaintenanceClient().statusMember(endpoint))
                        .getVersion();
                all &= EtcdVersion.parse(version).marksProgressBehindEvents();
            }
            progressTrusted = all;
        } catch (EtcdRefusal | StoreException | IllegalArgumentException e) {
            // Progress marks stay untrusted until the next watch asks again.
            LOG.debug("The version of etcd is not known yet", e);
            versionAsked.set(false);
        }
    }
}
