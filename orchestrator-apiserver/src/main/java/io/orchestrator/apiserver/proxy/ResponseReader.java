package io.orchestrator.apiserver.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http.HttpVersion;

/** Reads an answer from a connection, the head first and then the body piece by piece. Confined to one thread at a time. */
public final class ResponseReader implements HttpParser.ResponseHandler {
    private static final int BUFFER_BYTES = 16 * 1024;
    private static final int MAX_HEAD_BYTES = 64 * 1024;
    private static final int CONTINUE = 100;
    private static final int SWITCHING = 101;
    private static final int FINAL = 200;

    private final InputStream in;
    private final HttpParser parser = new HttpParser(this, MAX_HEAD_BYTES + BUFFER_BYTES, HttpCompliance.RFC7230);
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).flip();
    private HttpFields.Mutable fields = HttpFields.build();
    private ByteBuffer content = ByteBuffer.allocate(0);
    private int status;
    private int headBytes;
    private boolean headRead;
    private boolean complete;
    private String failure = "";

    /** @param toHead whether the answer is one to a HEAD, which has no body whatever it says */
    public ResponseReader(InputStream in, boolean toHead) {
        this.in = in;
        parser.setHeadResponse(toHead);
    }

    /** Reads up to the body; interim answers other than an upgrade are passed over. */
    public void readHead() throws IOException {
        while (!headRead) {
            step();
            boolean interim = complete && status >= CONTINUE && status < FINAL && status != SWITCHING;
            if (interim) {
                parser.reset();
                fields = HttpFields.build();
                headRead = false;
                complete = false;
            }
        }
    }

    public int status() {
        return status;
    }

    public HttpFields fields() {
        return fields;
    }

    public boolean isUpgrade() {
        return status == SWITCHING;
    }

    /** The next piece of the body, waiting for it; empty at its end. */
    public ByteBuffer next() throws IOException {
        while (!content.hasRemaining() && !complete) {
            step();
        }
        ByteBuffer piece = content;
        content = ByteBuffer.allocate(0);
        return piece;
    }

    /** What came behind the head of an upgrade. */
    public byte[] rest() {
        byte[] rest = new byte[buffer.remaining()];
        buffer.get(rest);
        return rest;
    }

    private void step() throws IOException {
        if (headRead && !buffer.hasRemaining()) {
            // The parser tells of a body's last piece before it sees that it was the last: nothing more may come.
            parser.parseNext(buffer);
            if (complete) {
                return;
            }
        }
        if (!buffer.hasRemaining()) {
            int read = in.read(buffer.array());
            if (!headRead) {
                // The parser reports these two with the status of the answer for that of an error.
                headBytes += Math.max(0, read);
                if (read < 0 || headBytes > MAX_HEAD_BYTES) {
                    throw new IOException(read < 0 ? "the answer ends too early" : "the answer's head has no end");
                }
            }
            if (read < 0) {
                parser.atEOF();
                buffer.limit(0);
            } else {
                buffer.position(0).limit(read);
            }
        }
        parser.parseNext(buffer);
        if (!failure.isEmpty()) {
            throw new IOException(failure);
        }
    }

    @Override
    public void startResponse(HttpVersion version, int code, String reason) {
        status = code;
    }

    @Override
    public void parsedHeader(HttpField field) {
        fields.add(field);
    }

    @Override
    public boolean headerComplete() {
        headRead = true;
        // Stop here: what follows an upgrade is no HTTP.
        return true;
    }

    @Override
    public boolean content(ByteBuffer piece) {
        ByteBuffer copy = ByteBuffer.allocate(piece.remaining()).put(piece).flip();
        content = copy;
        return true;
    }

    @Override
    public boolean contentComplete() {
        return false;
    }

    @Override
    public boolean messageComplete() {
        complete = true;
        return true;
    }

    @Override
    public void earlyEOF() {
        failure = "the answer ends too early";
    }

    @Override
    public void badMessage(HttpException cause) {
        failure = "the answer is no HTTP: " + cause.getReason();
    }
}
