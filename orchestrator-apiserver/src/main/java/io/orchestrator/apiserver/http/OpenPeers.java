package io.orchestrator.apiserver.http;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The connections that have left HTTP: so many are let in, and those that are there end in order when the server closes.
 * Thread-safe.
 */
public final class OpenPeers implements AutoCloseable {
    private static final int RETRY_SECONDS = 1;

    private final int limit;
    private final AtomicInteger count = new AtomicInteger();
    private final Set<Peer> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** @param limit how many may be open at a time */
    public OpenPeers(int limit) {
        this.limit = limit;
    }

    /** One place among them, from before the upgrade until the connection has gone. */
    public final class Place {
        private volatile boolean left;

        private Place() {}

        void taken(Peer peer) {
            open.add(peer);
            if (closed) {
                peer.close();
            }
        }

        /** Idempotent. @param peer that was there, or null where none came */
        synchronized void leave(@org.jspecify.annotations.Nullable Peer peer) {
            if (peer != null) {
                open.remove(peer);
            }
            if (!left) {
                left = true;
                count.decrementAndGet();
            }
        }
    }

    /** @throws ApiException with reason TooManyRequests when there is no place left */
    Place enter() {
        if (count.incrementAndGet() > limit) {
            count.decrementAndGet();
            throw new ApiException(
                    Reason.TOO_MANY_REQUESTS,
                    "too many connections are open, please try again later",
                    ApiException.Subject.NONE,
                    List.of(),
                    RETRY_SECONDS);
        }
        return new Place();
    }

    /** How many are open. */
    public int count() {
        return count.get();
    }

    /** Ends them all. */
    @Override
    public void close() {
        closed = true;
        List.copyOf(open).forEach(Peer::close);
    }
}
