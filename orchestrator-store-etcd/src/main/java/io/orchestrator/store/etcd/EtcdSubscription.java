package io.orchestrator.store.etcd;

import io.etcd.jetcd.common.exception.CompactedException;
import io.etcd.jetcd.options.WatchOption;
import io.etcd.jetcd.watch.WatchEvent;
import io.orchestrator.spi.store.ChangeSink;
import io.orchestrator.spi.store.StoreException;
import io.orchestrator.spi.store.StoreKey;
import io.orchestrator.spi.store.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A watch that outlives its streams. Whenever one ends, the next begins at the last revision that the sink has got; a revision is
 * asked for again rather than lost. All state belongs to the {@link Turns}; what other threads do is hand over a task.
 */
final class EtcdSubscription implements Subscription, WatchStream.Receiver {
    private static final Logger LOG = LoggerFactory.getLogger(EtcdSubscription.class);
    private static final Duration FIRST_DELAY = Duration.ofMillis(50);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(2);
    private static final int PINGS_BEFORE_SILENCE = 3;
    private static final int GAPS_BEFORE_LISTING = 2;

    private final EtcdWatching watching;
    private final StoreKey prefix;
    private final ChangeSink sink;
    private final Turns turns;
    private final ChangeAssembler assembler;
    private final AtomicBoolean tickWaits = new AtomicBoolean();

    private long delivered;
    private int failures;
    private int gaps;
    private boolean ended;
    private volatile @Nullable WatchStream stream;
    private volatile @Nullable StoreException ending;
    private volatile boolean cancelled;

    EtcdSubscription(EtcdWatching watching, StoreKey prefix, long after, ChangeSink sink) {
        this.watching = watching;
        this.prefix = prefix;
        this.sink = sink;
        this.delivered = after;
        this.turns = new Turns(watching.executor());
        this.assembler = new ChangeAssembler(watching.keys(), watching.own());
    }

    void start() {
        turns.execute(this::open);
    }

    /** The store closes. */
    void end(StoreException cause) {
        ending = cause;
        turns.execute(() -> finish(cause));
    }

    /** From time to time: is the stream still there? */
    void tick() {
        if (tickWaits.compareAndSet(false, true)) {
            turns.execute(() -> {
                tickWaits.set(false);
                checkAlive();
            });
        }
    }

    @Override
    public void close() {
        cancelled = true;
        WatchStream open = stream;
        if (open != null) {
            open.close();
        }
        turns.execute(() -> {
            ended = true;
            closeStream();
        });
        watching.forget(this);
    }

    @Override
    public void events(WatchStream from, List<WatchEvent> events) {
        turns.execute(() -> {
            if (from == stream) {
                deliver(from, events);
            }
            from.consumed(events.size());
        });
    }

    @Override
    public void progress(WatchStream from, long revision) {
        watching.connection().alive();
        turns.execute(() -> {
            if (from == stream && watching.progressIsTrusted() && revision > delivered) {
                delivered = revision;
                call(s -> s.progress(revision));
            }
        });
    }

    @Override
    public void failed(WatchStream from, Throwable cause) {
        turns.execute(() -> {
            if (from == stream) {
                reopen(cause);
            }
        });
    }

    private void open() {
        if (ended || cancelled || stream != null) {
            return;
        }
        WatchStream next =
                new WatchStream(this, watching.nanoTime(), watching.options().maxPendingChanges(), delivered);
        stream = next;
        // The very revision that was delivered, not the one behind it: only so does etcd refuse what is compacted. And
        // a
        // compaction may drop a removal at its own revision.
        WatchOption option = WatchOption.builder()
                .withRevision(Math.max(1, delivered))
                .withRange(watching.keys().endOf(prefix))
                .withPrevKV(true)
                .withProgressNotify(true)
                .withCreateNotify(true)
                .withRequireLeader(true)
                .build();
        try {
            next.attach(watching.connection()
                    .client()
                    .getWatchClient()
                    .watch(watching.keys().key(prefix), option, next));
        } catch (RuntimeException e) {
            next.fail(e);
        }
    }

    private void deliver(WatchStream from, List<WatchEvent> events) {
        watching.connection().alive();
        List<ChangeAssembler.Step> steps;
        try {
            steps = assembler.assemble(events, from.startedAfter, delivered);
        } catch (ChangeAssembler.Gap gap) {
            from.close();
            reopen(gap);
            return;
        }
        for (ChangeAssembler.Step step : steps) {
            if (!call(s -> s.changes(step.revision(), step.changes()))) {
                return;
            }
            delivered = step.revision();
            failures = 0;
            gaps = 0;
        }
    }

    private void reopen(Throwable cause) {
        closeStream();
        if (ended || cancelled) {
            return;
        }
        if (EtcdFailures.isCompacted(cause)) {
            long oldest =
                    cause instanceof CompactedException compacted ? compacted.getCompactedRevision() : delivered + 1;
            finish(new StoreException.Compacted(delivered, oldest));
        } else if (EtcdFailures.isTooLargeToReceive(cause)) {
            LOG.warn("The changes of {} behind {} do not fit into one message: list again", prefix, delivered);
            finish(new StoreException.Compacted(delivered, delivered + 1));
        } else if (cause instanceof WatchStream.SinkBehind) {
            // Everything that was handed over has been delivered by now.
            open();
        } else if (cause instanceof ChangeAssembler.Gap && ++gaps > GAPS_BEFORE_LISTING) {
            LOG.warn("etcd leaves changes of {} out behind {}: list again", prefix, delivered, cause);
            finish(new StoreException.Compacted(delivered, delivered + 1));
        } else {
            long delay = Math.min(FIRST_DELAY.toMillis() << Math.min(failures, 10), LONGEST_DELAY.toMillis());
            failures++;
            LOG.debug("The watch of {} begins again behind {} in {} ms", prefix, delivered, delay, cause);
            watching.later(Duration.ofMillis(delay), () -> turns.execute(this::open));
        }
    }

    private void checkAlive() {
        WatchStream open = stream;
        if (open == null) {
            return;
        }
        long interval = watching.options().pingEvery().toNanos();
        long silent = watching.nanoTime().getAsLong() - open.lastHeard();
        if (silent > PINGS_BEFORE_SILENCE * interval) {
            watching.connection().suspect();
            open.fail(new IllegalStateException("nothing heard for " + Duration.ofNanos(silent)));
        } else if (silent > interval) {
            open.ping();
        }
    }

    /** Whether it returned: a sink that throws has missed what it was given, and gets no more. */
    private boolean call(Consumer<ChangeSink> delivery) {
        if (cancelled || ended || ending != null) {
            return false;
        }
        try {
            delivery.accept(sink);
            return true;
        } catch (RuntimeException e) {
            finish(new StoreException.Unavailable("the sink of " + prefix + " threw", e));
            return false;
        } catch (Error e) {
            finish(new StoreException.Unavailable("the sink of " + prefix + " threw", e));
            throw e;
        }
    }

    private void finish(StoreException cause) {
        closeStream();
        if (ended || cancelled) {
            return;
        }
        ended = true;
        watching.forget(this);
        try {
            sink.closed(cause);
        } catch (RuntimeException e) {
            LOG.warn("The sink of {} threw when told of its end", prefix, e);
        }
    }

    private void closeStream() {
        WatchStream open = stream;
        stream = null;
        if (open != null) {
            open.close();
        }
    }
}
