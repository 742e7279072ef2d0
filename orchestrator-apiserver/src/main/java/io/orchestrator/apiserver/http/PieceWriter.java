package io.orchestrator.apiserver.http;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Iterator;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer in pieces, small ones gathered into a buffer, which grows once for a long body. Holds no thread while the
 * client does not take it, and of the body no more than the buffer and the piece at hand.
 */
final class PieceWriter extends IteratingCallback {
    /** What TLS puts into a number of whole records, the frame of a chunk around it included. */
    private static final int LARGEST = 128 * 1024 - 64;

    private static final int SMALLEST = 16 * 1024 - 64;

    private final Response response;
    private final Iterator<byte[]> pieces;
    private final Callback callback;
    private byte[] buffer = new byte[SMALLEST];
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
        byte[] large = null;
        while (large == null && (next != null || pieces.hasNext())) {
            byte[] piece = next == null ? pieces.next() : next;
            next = null;
            if (buffer.length < LARGEST && piece.length > buffer.length - filled) {
                // There is more to come than it looked like at first.
                buffer = Arrays.copyOf(buffer, LARGEST);
            }
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
