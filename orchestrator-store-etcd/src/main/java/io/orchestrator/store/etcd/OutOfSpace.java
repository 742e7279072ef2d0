package io.orchestrator.store.etcd;

import io.orchestrator.spi.store.Entry;
import io.orchestrator.spi.store.StoreException;
import java.util.Arrays;
import java.util.Optional;

/**
 * What became of a put of which etcd says that it has no space. Mostly it has looked before, and done nothing. But what was on its
 * way already when the space ran out is carried out, and the same is said of it; what stands at the key afterwards tells which it
 * was, and where nothing does, what has stood there meanwhile. Stateless.
 *
 * @see <a href="https://github.com/etcd-io/etcd/blob/release-3.4/etcdserver/apply.go">quotaApplierV3 of etcd</a>
 */
final class OutOfSpace {
    /** More than a full store is likely to be given in the time of one call, as it takes deletions alone. */
    private static final int MOST_LOOKS = 64;

    private OutOfSpace() {}

    /** What stood at the key. */
    interface Past {
        /** @throws StoreException where that is not to be had, or no longer */
        Optional<Entry> at(long revision);
    }

    /**
     * The put as it was carried out, be it that somebody else has deleted it since.
     *
     * @param what was tried, for messages
     * @param now what stands at the key since etcd has answered
     * @param revision of that look
     * @param bytes that were to be put there
     * @param before a revision that was there before the put was sent; 0 where none is known
     * @param past asked for each revision between both where nothing stands there now
     * @param reason what etcd said
     * @throws StoreException.Refused when it was not carried out
     * @throws StoreException.Unavailable when somebody else has written there since, or what has stood there meanwhile is not to be
     *     had, so that nobody can tell
     */
    static Entry settled(
            String what, Optional<Entry> now, long revision, byte[] bytes, long before, Past past, Throwable reason) {
        if (now.isPresent() && now.get().revision() > before) {
            if (isOf(now.get(), bytes)) {
                return now.get();
            }
            throw unknown(what, reason);
        }
        if (now.isEmpty() && revision > before) {
            return deleted(what, revision, bytes, before, past, reason);
        }
        throw EtcdFailures.translate(what, reason);
    }

    private static Entry deleted(String what, long revision, byte[] bytes, long before, Past past, Throwable reason) {
        if (revision - before > MOST_LOOKS) {
            throw unknown(what, reason);
        }
        // what stood there at the last of them is gone at it, or was never there
        for (long each = before + 1; each < revision; each++) {
            Optional<Entry> stood;
            try {
                stood = past.at(each);
            } catch (StoreException e) {
                throw unknown(what, reason);
            }
            if (stood.isPresent() && stood.get().revision() > before && isOf(stood.get(), bytes)) {
                return stood.get();
            }
        }
        throw EtcdFailures.translate(what, reason);
    }

    private static boolean isOf(Entry entry, byte[] bytes) {
        return Arrays.equals(entry.value().bytes(), bytes);
    }

    private static StoreException unknown(String what, Throwable reason) {
        return new StoreException.Unavailable(
                what + ": " + reason.getMessage() + ", and it is not known whether it was written before that", reason);
    }
}
