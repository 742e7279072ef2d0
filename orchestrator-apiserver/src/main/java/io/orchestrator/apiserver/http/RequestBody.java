package io.orchestrator.apiserver.http;

import static org.eclipse.jetty.util.thread.Invocable.InvocationType.NON_BLOCKING;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import io.orchestrator.apiserver.flow.Shares;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.thread.Invocable;

/**
 * Reads a whole body without holding a thread while nothing comes: a client may take its time, and a body that is there already
 * costs nothing extra. What large bodies take of the heap is counted until their exchange has ended. Used once.
 */
public final class RequestBody {
    /** So little that it need not be counted. */
    private static final int SMALL = 16 * 1024;
    /** How much of a body that is too large is read and dropped: many clients read no answer before they have sent it. */
    private static final int MAX_DRAINED = 8 * Exchange.MAX_BODY;

    private static final int RETRY_SECONDS = 1;

    /** What follows the body. Each is called once at most, on whichever thread read the last of it. */
    public interface Reader {
        void read();

        void failed(ApiException why);

        /** The client has gone. */
        void lost(IOException why);
    }

    private final Exchange exchange;
    private final Request request;
    private final Shares heap;
    private final String flow;
    private final Reader reader;
    /** All of most bodies, which come in one piece: then there is nothing else. */
    private byte[] first = {};

    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private long length;
    private long counted;

    /**
     * @param heap bytes of bodies that may be held
     * @param flow whose they are
     */
    public RequestBody(Exchange exchange, Shares heap, String flow, Reader reader) {
        this.exchange = exchange;
        this.request = exchange.request();
        this.heap = heap;
        this.flow = flow;
        this.reader = reader;
    }

    /** How many bytes a request's body has: 0 without one, -1 where that is not known before its end. */
    static long length(Request request) {
        long said = request.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH);
        if (said >= 0) {
            return said;
        }
        boolean streamed = request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING)
                || (request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2 && mayHaveBody(request));
        return streamed ? -1 : 0;
    }

    private static boolean mayHaveBody(Request request) {
        return switch (request.getMethod()) {
            case "POST", "PUT", "PATCH" -> true;
            default -> false;
        };
    }

    /** Bytes that were counted against the heap, to be given back when the exchange has ended. */
    public long counted() {
        return counted;
    }

    /** Begins; the reader may have been called when this returns. */
    public void read() {
        if (request.getLength() > MAX_DRAINED) {
            reader.failed(tooLarge());
            return;
        }
        more();
    }

    /** On a thread that reads for others, too: what it was to do may take its time by now. */
    private void came() {
        if (exchange.isStillBrief()) {
            more();
        } else {
            exchange.executor().execute(this::more);
        }
    }

    private void more() {
        while (!exchange.isAnswered()) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                // What is not brief is gone on with by a thread that may wait.
                request.demand(exchange.isBrief() ? Invocable.from(NON_BLOCKING, this::came) : this::more);
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                if (chunk.isLast()) {
                    reader.lost(new IOException(chunk.getFailure()));
                    return;
                }
                continue;
            }
            byte[] bytes = BufferUtil.toArray(chunk.getByteBuffer());
            boolean last = chunk.isLast();
            chunk.release();
            length += bytes.length;
            if (!take(bytes)) {
                return;
            }
            if (last) {
                end(first.length == length ? first : received.toByteArray());
                return;
            }
        }
    }

    /** False when the reader has been told that it is too much. */
    private boolean take(byte[] bytes) {
        if (length > MAX_DRAINED) {
            reader.failed(tooLarge());
            return false;
        }
        if (length > Exchange.MAX_BODY) {
            received.reset();
            return true;
        }
        if (length == bytes.length) {
            first = bytes;
        } else if (bytes.length > 0) {
            if (received.size() == 0) {
                received.writeBytes(first);
            }
            received.writeBytes(bytes);
        }
        long uncounted = length - counted;
        if (length > SMALL && uncounted > 0) {
            if (!heap.take(flow, uncounted)) {
                reader.failed(new ApiException(
                        Reason.TOO_MANY_REQUESTS,
                        "too many large bodies are being read, please try again later",
                        ApiException.Subject.NONE,
                        List.of(),
                        RETRY_SECONDS));
                return false;
            }
            counted += uncounted;
        }
        return true;
    }

    private void end(byte[] whole) {
        if (length > Exchange.MAX_BODY) {
            reader.failed(tooLarge());
            return;
        }
        exchange.body(whole);
        reader.read();
    }

    private static ApiException tooLarge() {
        return new ApiException(
                Reason.REQUEST_ENTITY_TOO_LARGE, "Request entity too large: limit is " + Exchange.MAX_BODY);
    }
}
