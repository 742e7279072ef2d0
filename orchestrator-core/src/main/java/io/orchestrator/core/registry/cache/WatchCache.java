package io.orchestrator.core.registry.cache;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.registry.StoredObject;
import io.orchestrator.spi.store.Change;
import io.orchestrator.spi.store.Entry;
import io.orchestrator.spi.store.StoreException;
import io.orchestrator.spi.store.StoreKey;
import io.orchestrator.spi.store.Subscription;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The present state and the last changes of one kind. Fed by a {@link StoreFeed}; each version is decoded once, here or by
 * whoever wrote it. Thread-safe: one lock guards the maps, the ring and the watchers' positions, and is never held over a
 * call out.
 */
public final class WatchCache implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WatchCache.class);
    private static final int TURN = 256;
    private static final long BOOKMARK_SECONDS = 60;
    /** So long before a watch has lasted its time it is told how far it has come, and can be taken up from there. */
    private static final long LAST_BOOKMARK_SECONDS = 2;
    /** How many changes are kept however old they are, and how many at most for a watcher that lags. */
    private static final int KEPT_ANYWAY = 8_192;

    private final Environment environment;
    private final Function<Entry, Optional<StoredObject>> decoder;
    private final StoreFeed feed;

    private final Object lock = new Object();
    private Map<StoreKey, StoredObject> objects = new HashMap<>();
    /** The objects in order, until something changes. */
    private @Nullable OrderedObjects ordered = OrderedObjects.NONE;

    /** What is in the store and could not be decoded: not among the objects. */
    private final Set<StoreKey> unreadable = new HashSet<>();

    private long changesSeen;
    private long changesListed;
    private final TriggerIndex index;
    private final ChangeRing ring;
    private final int backlogBound;
    private final WatcherTurns turns;
    private final WatcherSet watchers = new WatcherSet();
    private long revision;
    private long coveredFrom;
    private boolean bookmarkTimer;
    private @Nullable ApiException closed;

    /**
     * @param feed where the changes come from
     * @param decoder reads an entry; empty where its bytes make no sense; throws where they may be read later: then the feed gives
     *     the change once more
     * @param trigger the field by which objects and watchers are sorted, such as a pod's node; always empty for most kinds
     * @param bound how many changes are kept at most for watchers that lag or come back
     */
    public WatchCache(
            StoreFeed feed,
            Function<Entry, Optional<StoredObject>> decoder,
            Function<Resource, String> trigger,
            Environment environment,
            int bound) {
        this.feed = feed;
        this.decoder = decoder;
        this.environment = environment;
        this.index = new TriggerIndex(trigger);
        this.ring = new ChangeRing(KEPT_ANYWAY, bound, index::drop);
        this.backlogBound = Math.min(KEPT_ANYWAY, bound);
        this.turns = new WatcherTurns(environment);
    }

    /** Begins to follow the store, at this revision or, where that is compacted or 0, now. Returns when the state is complete. */
    public void start(long atRevision) {
        feed.start(this, atRevision);
    }

    /** The state at hand, in the order of keys: complete, but possibly older than the store. */
    public Snapshot atHand(Selection selection) {
        return selection.trigger().isEmpty() ? amongAll(selection) : amongThoseOf(selection.trigger(), selection);
    }

    private Snapshot amongThoseOf(String value, Selection selection) {
        OrderedObjects some;
        long at;
        synchronized (lock) {
            at = revision;
            some = OrderedObjects.unsorted(index.objects(value));
        }
        return new Snapshot(at, some.seenBy(selection));
    }

    private Snapshot amongAll(Selection selection) {
        OrderedObjects all;
        long seen;
        long at;
        boolean again;
        synchronized (lock) {
            at = revision;
            all = ordered == null ? OrderedObjects.unsorted(objects) : ordered;
            seen = changesSeen;
            again = ordered == null && changesListed == seen;
            changesListed = seen;
        }
        if (again) {
            // What is listed more often than it changes is worth to be kept in order.
            all = all.sorted();
            synchronized (lock) {
                ordered = seen == changesSeen ? all : ordered;
            }
        }
        return new Snapshot(at, all.seenBy(selection));
    }

    /** Whether it has no objects at this moment. */
    public boolean isEmpty() {
        synchronized (lock) {
            return objects.isEmpty();
        }
    }

    /** Objects as of one revision. */
    public record Snapshot(long revision, List<StoredObject> objects) {}

    /** The version at this revision, when it is the one at hand: saves decoding it again. */
    public Optional<StoredObject> version(StoreKey key, long revision) {
        synchronized (lock) {
            StoredObject object = objects.get(key);
            return object != null && object.revision() == revision ? Optional.of(object) : Optional.empty();
        }
    }

    /** The object as it is at hand; empty where it is not there, or where the cache has not come as far as this revision. */
    public Optional<StoredObject> known(StoreKey key, long atLeast) {
        synchronized (lock) {
            return revision < atLeast || closed != null ? Optional.empty() : Optional.ofNullable(objects.get(key));
        }
    }

    /** How much a cache holds. @param revision up to where it has followed the store */
    public record Standing(long revision, int objects, int watchers) {}

    public Standing standing() {
        synchronized (lock) {
            return new Standing(revision, objects.size(), watchers.size());
        }
    }

    /** Up to where the cache has followed the store. */
    public long revision() {
        synchronized (lock) {
            return revision;
        }
    }

    /**
     * The state at hand where it is all that the store has now; empty where that is not known, and where something in the store
     * cannot be read, of which the store's own answer tells.
     *
     * @param store fails where the store cannot be read, as a read of it would
     */
    public Optional<Snapshot> asOfNow(Selection selection, Runnable store) {
        long delivered = feed.delivered();
        if (delivered == 0) {
            return Optional.empty();
        }
        store.run();
        synchronized (lock) {
            if (!unreadable.isEmpty()) {
                return Optional.empty();
            }
        }
        progress(delivered);
        return Optional.of(atHand(selection));
    }

    /**
     * Adds a watcher.
     *
     * @throws ApiException with reason Expired when {@code start.after()} lies before the kept changes
     */
    public Subscription watch(Selection selection, WatchStart start, WatchSink sink) {
        Watcher watcher = new Watcher(this, selection, sink, start);
        synchronized (lock) {
            if (closed != null) {
                throw closed;
            }
            if (start.after() < coveredFrom) {
                throw expired(start.after(), coveredFrom);
            }
            watcher.backlog.catchUp(ring, index, selection.trigger(), start.after());
            watcher.scheduled = !watcher.backlog.isEmpty() || watcher.hasInitialEvents();
            watchers.add(watcher);
        }
        if (watcher.scheduled) {
            turns.add(watcher);
        }
        if (start.timeoutSeconds() > 0) {
            limit(watcher, start.timeoutSeconds());
        }
        scheduleBookmarks(start.after());
        return watcher;
    }

    private void limit(Watcher watcher, long seconds) {
        if (watcher.wantsBookmarks() && seconds > LAST_BOOKMARK_SECONDS) {
            long first = seconds - LAST_BOOKMARK_SECONDS;
            watcher.deadline(later(first, () -> {
                mark(watcher);
                watcher.deadline(later(LAST_BOOKMARK_SECONDS, watcher::endInTime));
            }));
        } else {
            watcher.deadline(later(seconds, watcher::endInTime));
        }
    }

    private ScheduledFuture<?> later(long seconds, Runnable task) {
        return environment.timers().schedule(task, seconds, TimeUnit.SECONDS);
    }

    /** Tells the watcher how far it has come, where it does not know. */
    private void mark(Watcher watcher) {
        synchronized (lock) {
            if (watcher.marked >= revision) {
                return;
            }
            watcher.bookmarkDue = true;
        }
        wake(watcher);
    }

    /** What a watcher does in one turn. */
    record Turn(List<CachedChange> changes, long bookmark) {
        static final Turn NOTHING = new Turn(List.of(), 0);
    }

    Turn take(Watcher watcher) {
        List<CachedChange> changes = new ArrayList<>();
        ApiException lost = null;
        long bookmark = 0;
        synchronized (lock) {
            Backlog backlog = watcher.backlog;
            if (backlog.isLost(ring)) {
                lost = new ApiException(Reason.EXPIRED, "the watch fell behind and must list again");
            } else {
                backlog.take(TURN, ring, changes);
            }
            if (watcher.bookmarkDue && backlog.isEmpty()) {
                watcher.bookmarkDue = false;
                watcher.marked = revision;
                bookmark = revision;
            }
        }
        if (lost != null) {
            watcher.end(lost);
            return Turn.NOTHING;
        }
        return new Turn(changes, bookmark);
    }

    /** Ends a turn: another one follows where something waits. */
    void finish(Watcher watcher) {
        synchronized (lock) {
            watcher.marked = Math.max(watcher.marked, watcher.told());
            boolean waits = !watcher.backlog.isEmpty() || watcher.bookmarkDue;
            watcher.scheduled = watcher.hasLastCall() || waits && !watcher.hasEnded();
            if (!watcher.scheduled) {
                return;
            }
        }
        turns.add(watcher);
    }

    void wake(Watcher watcher) {
        synchronized (lock) {
            // What waits for its sink has nothing to say to it but the last call.
            boolean lastCall = watcher.paused && watcher.hasLastCall();
            if (watcher.scheduled && !lastCall) {
                return;
            }
            watcher.paused = false;
            watcher.scheduled = true;
        }
        turns.add(watcher);
    }

    /** Ends a turn in its midst: it goes on when the sink is ready, or for the last call. */
    void pause(Watcher watcher) {
        synchronized (lock) {
            watcher.paused = !watcher.resumed && !watcher.hasLastCall();
            watcher.resumed = false;
            if (watcher.paused) {
                return;
            }
        }
        turns.add(watcher);
    }

    /** The sink is ready again. */
    void resume(Watcher watcher) {
        synchronized (lock) {
            watcher.resumed = !watcher.paused && watcher.scheduled;
            if (!watcher.paused) {
                return;
            }
            watcher.paused = false;
        }
        turns.add(watcher);
    }

    void forget(Watcher watcher) {
        synchronized (lock) {
            watchers.remove(watcher);
        }
    }

    /** Replaces everything: at the start, and when the feed lost its place. Standing watchers must list again. */
    void reset(long atRevision, List<Entry> entries) {
        List<Optional<StoredObject>> decoded = SharedWork.map(entries, decoder, environment.executor());
        Map<StoreKey, StoredObject> fresh = new HashMap<>(entries.size() * 2);
        for (int i = 0; i < entries.size(); i++) {
            StoreKey key = entries.get(i).key();
            decoded.get(i).ifPresent(object -> fresh.put(key, object));
        }
        List<Watcher> lost;
        synchronized (lock) {
            objects = fresh;
            unreadable.clear();
            for (int i = 0; i < entries.size(); i++) {
                if (decoded.get(i).isEmpty()) {
                    unreadable.add(entries.get(i).key());
                }
            }
            changed();
            ring.clear();
            index.reset(fresh);
            revision = atRevision;
            coveredFrom = atRevision;
            lost = watchers.all();
        }
        lost.forEach(watcher -> watcher.end(new ApiException(Reason.EXPIRED, "the watch must list again")));
    }

    void changes(long atRevision, List<Change> changes) {
        List<@Nullable StoredObject> decoded = new ArrayList<>(changes.size());
        for (Change change : changes) {
            decoded.add(
                    change instanceof Change.Put put
                            ? decoder.apply(put.entry()).orElse(null)
                            : null);
        }
        List<Watcher> awake = new ArrayList<>();
        long nanos = environment.nanoTime().getAsLong();
        synchronized (lock) {
            for (int i = 0; i < changes.size(); i++) {
                note(changes.get(i), decoded.get(i));
                add(changes.get(i).key(), atRevision, decoded.get(i), nanos, awake);
            }
            revision = atRevision;
        }
        turns.add(awake);
        scheduleBookmarks(0);
    }

    /** Under the lock. */
    private void note(Change change, @Nullable StoredObject decoded) {
        if (change instanceof Change.Put && decoded == null) {
            unreadable.add(change.key());
        } else if (!unreadable.isEmpty()) {
            unreadable.remove(change.key());
        }
    }

    /** Under the lock. */
    private void add(StoreKey key, long atRevision, @Nullable StoredObject now, long nanos, List<Watcher> awake) {
        StoredObject before = now == null ? objects.remove(key) : objects.put(key, now);
        changed();
        if (before == null && now == null) {
            return;
        }
        String was = index.valueOf(before);
        String is = index.valueOf(now);
        CachedChange change = new CachedChange(key, atRevision, before, now, was, is, nanos);
        long position = ring.add(change);
        coveredFrom = Math.max(coveredFrom, ring.lost());
        index.add(change);
        watchers.concerned(key, was, is, watcher -> {
            watcher.backlog.note(change, position, backlogBound);
            if (!watcher.scheduled) {
                watcher.scheduled = true;
                awake.add(watcher);
            }
        });
    }

    /** Under the lock. */
    private void changed() {
        changesSeen++;
        ordered = null;
    }

    void progress(long atRevision) {
        synchronized (lock) {
            revision = Math.max(revision, atRevision);
        }
        scheduleBookmarks(0);
    }

    /** Where the state goes on from what watchers know, they are told within a minute. At rest nothing ticks. */
    private void scheduleBookmarks(long known) {
        synchronized (lock) {
            if (bookmarkTimer || closed != null || !watchers.wantsBookmarks() || revision <= known) {
                return;
            }
            bookmarkTimer = true;
        }
        try {
            environment.timers().schedule(this::sendBookmarks, BOOKMARK_SECONDS, TimeUnit.SECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("nobody is told any more how far it has come: the environment is closed");
        }
    }

    private void sendBookmarks() {
        List<Watcher> due;
        synchronized (lock) {
            bookmarkTimer = false;
            due = watchers.all().stream()
                    .filter(watcher -> watcher.wantsBookmarks() && watcher.marked < revision)
                    .toList();
            due.forEach(watcher -> watcher.bookmarkDue = true);
        }
        due.forEach(this::wake);
    }

    /** The store is gone for good: every watcher is told. */
    void fail(ApiException cause) {
        List<Watcher> all;
        synchronized (lock) {
            closed = cause;
            all = watchers.all();
        }
        all.forEach(watcher -> watcher.end(cause));
    }

    /** Stops following the store and ends all watches. Idempotent. */
    @Override
    public void close() {
        end(new ApiException(Reason.SERVICE_UNAVAILABLE, "the registry is closed"));
    }

    /** As {@link #close}, telling the watchers this. */
    public void end(ApiException why) {
        feed.close();
        fail(why);
    }

    private static ApiException expired(long asked, long oldest) {
        return new ApiException(Reason.EXPIRED, "too old resource version: " + asked + " (" + oldest + ")");
    }

    /** For the feed, which hops to the executor before it reads the store again. */
    Environment environment() {
        return environment;
    }

    static ApiException unavailable(StoreException cause) {
        return new ApiException(
                Reason.SERVICE_UNAVAILABLE, "the store cannot be watched: " + cause.getMessage(), cause);
    }
}
