package io.orchestrator.store.etcd;

import io.orchestrator.spi.store.Entry;
import io.orchestrator.spi.store.StoreException;
import java.util.Arrays;
import java.util.Optional;

/**
 * What became of a put of which etcd says that it has no space. Mostly it has looked before, and done nothing. But what was on its
 * way already when the space ran out is carried out, and the same is said of it; what stands at the key afterwards tells which it
 * was. Pure.
 *
 * @see <a href="https://github.com/etcd-io/etcd/blob/release-3.4/etcdserver/apply.go">quotaApplierV3 of etcd</a>
 */
final class OutOfSpace {
    private OutOfSpace() {}

    /**
     * The put as it was carried out.
     *
     * @param what was tried, for messages
     * @param now what stands at the key since etcd has answered
     * @param bytes that were to be put there
     * @param before a revision that was there before the put was sent; 0 where none is known
     * @param reason what etcd said
     * @throws StoreException.Refused when it was not carried out, or somebody else has deleted it again since
     * @throws StoreException.Unavailable when somebody else has written there since, so that nobody can tell
     */
    static Entry settled(String what, Optional<Entry> now, byte[] bytes, long before, Throwable reason) {
        if (now.isEmpty() || now.get().revision() <= before) {
            throw EtcdFailures.translate(what, reason);
        }
        if (Arrays.equals(now.get().value().bytes(), bytes)) {
            return now.get();
        }
        throw new StoreException.Unavailable(
                what + ": " + reason.getMessage() + ", and it is not known whether it was written before that", reason);
    }
}
