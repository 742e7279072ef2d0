package io.orchestrator.apiserver.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where what has no end yet is sent, piece by piece, without a thread that waits for its reader. */
public interface Outlet {

    /** Told when pieces are on their way, or cannot be; on any thread, perhaps before the call that sent them has returned. */
    @FunctionalInterface
    interface Sent {
        void done(@Nullable Throwable failure);
    }

    /**
     * Sends these, in this order. One call at a time: the next one may come when the one before is done.
     *
     * @param last whether this is the end, in order
     */
    void send(List<byte[]> pieces, boolean last, Sent sent);

    /** Cuts the reader off. From any thread. Idempotent. */
    void abort(Throwable why);
}
