package io.orchestrator.apiserver.http;

import java.nio.ByteBuffer;
import java.util.List;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/** The body of an answer. Pieces that are sent together leave together. */
final class AnswerOutlet implements Outlet {
    private final Response response;
    private final Callback callback;

    AnswerOutlet(Response response, Callback callback) {
        this.response = response;
        this.callback = callback;
    }

    @Override
    public void send(List<byte[]> pieces, boolean last, Sent sent) {
        response.write(last, joined(pieces), new Callback() {
            @Override
            public void succeeded() {
                if (last) {
                    callback.succeeded();
                }
                sent.done(null);
            }

            @Override
            public void failed(Throwable cause) {
                callback.failed(cause);
                sent.done(cause);
            }
        });
    }

    private static ByteBuffer joined(List<byte[]> pieces) {
        if (pieces.isEmpty()) {
            return BufferUtil.EMPTY_BUFFER;
        }
        if (pieces.size() == 1) {
            return ByteBuffer.wrap(pieces.get(0));
        }
        ByteBuffer whole = ByteBuffer.allocate(
                pieces.stream().mapToInt(piece -> piece.length).sum());
        pieces.forEach(whole::put);
        return whole.flip();
    }

    @Override
    public void abort(Throwable why) {
        callback.failed(why);
    }
}
