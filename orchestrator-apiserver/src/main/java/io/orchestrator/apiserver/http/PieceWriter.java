package io.orchestrator.apiserver.http;

import java.nio.ByteBuffer;
import java.util.Iterator;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer in pieces, small ones gathered into a buffer. Holds no thread while the client does not take it, and of
 * the body no more than the buffer and the piece at hand.
 */
final class PieceWriter extends IteratingCallback {
    private static final int BUFFER_BYTES = 32 * 1024;

    private final Response response;
    private final Iterator<byte[]> pieces;
    private final Callback callback;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    /** Did not fit into the buffer any more. */
    private byte @Nullable [] next;

    private boolean last;

    PieceWriter(Response response, Iterator<byte[]> pieces, Callback callback) {
        this.response = response;
        this.pieces = pieces;
        this.callback = callback;
    }

    @Override
    protected Action process() {
        if (last) {
            return Action.SUCCEEDED;
        }
        int filled = 0;
        byte[] large = next;
        next = null;
        while (large == null && pieces.hasNext()) {
            byte[] piece = pieces.next();
            if (piece.length <= buffer.length - filled) {
                System.arraycopy(piece, 0, buffer, filled, piece.length);
                filled += piece.length;
            } else if (filled > 0) {
                next = piece;
                break;
            } else {
                large = piece;
            }
        }
        last = next == null && !pieces.hasNext();
        ByteBuffer out = large == null ? ByteBuffer.wrap(buffer, 0, filled) : ByteBuffer.wrap(large);
        response.write(last, out, this);
        return Action.SCHEDULED;
    }

    @Override
    protected void onCompleteSuccess() {
        callback.succeeded();
    }

    @Override
    protected void onCompleteFailure(Throwable cause) {
        callback.failed(cause);
    }
}
