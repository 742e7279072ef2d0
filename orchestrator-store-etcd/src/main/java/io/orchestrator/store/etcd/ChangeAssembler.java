package io.orchestrator.store.etcd;

import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.watch.WatchEvent;
import io.orchestrator.spi.store.Change;
import io.orchestrator.spi.store.Entry;
import io.orchestrator.spi.store.StoreKey;
import io.orchestrator.spi.store.StoreValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the changes of whole revisions out of the events of one response, and notices when events are missing: each event
 * names the version that stood there before, so one that was written after what was delivered last has been lost.
 */
final class ChangeAssembler {
    private final KeySpace keys;
    private final OwnValues own;

    ChangeAssembler(KeySpace keys, OwnValues own) {
        this.keys = keys;
        this.own = own;
    }

    /** All changes of one revision. */
    record Step(long revision, List<Change> changes) {}

    /** The stream left something out, or repeated something. */
    static final class Gap extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Gap(String message) {
            super(message, null, false, false);
        }
    }

    /**
     * @param startedAfter where the stream began; etcd repeats what happened at that very revision, which is skipped
     * @param delivered up to where the watcher has everything
     */
    List<Step> assemble(List<WatchEvent> events, long startedAfter, long delivered) {
        List<Step> steps = new ArrayList<>();
        long complete = delivered;
        int from = 0;
        while (from < events.size()) {
            long revision = events.get(from).getKeyValue().getModRevision();
            List<Change> changes = new ArrayList<>(1);
            int to = from;
            while (to < events.size() && events.get(to).getKeyValue().getModRevision() == revision) {
                if (revision > startedAfter) {
                    checkNothingLost(events.get(to), complete);
                    changes.add(change(events.get(to)));
                }
                to++;
            }
            if (revision > startedAfter) {
                if (revision <= complete) {
                    throw new Gap("revision " + revision + " came behind revision " + complete);
                }
                steps.add(new Step(revision, changes));
                complete = revision;
            }
            from = to;
        }
        return steps;
    }

    private static void checkNothingLost(WatchEvent event, long complete) {
        KeyValue before = previous(event);
        if (before != null && before.getModRevision() > complete) {
            throw new Gap("the change at revision " + before.getModRevision() + " was not delivered");
        }
    }

    private Change change(WatchEvent event) {
        KeyValue pair = event.getKeyValue();
        if (event.getEventType() == WatchEvent.EventType.PUT) {
            StoreKey key = keys.key(pair.getKey());
            StoreValue value =
                    own.take(key, pair.getModRevision(), pair.getValue().getBytes());
            return new Change.Put(new Entry(key, value, pair.getCreateRevision(), pair.getModRevision()));
        }
        KeyValue before = previous(event);
        Entry previous = before == null ? null : keys.entry(before);
        return new Change.Removed(keys.key(pair.getKey()), pair.getModRevision(), previous);
    }

    /** etcd leaves it out for a creation, and where it has been compacted. */
    private static @Nullable KeyValue previous(WatchEvent event) {
        KeyValue before = event.getPrevKV();
        return before == null || before.getModRevision() == 0 ? null : before;
    }
}
