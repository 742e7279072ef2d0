package io.orchestrator.apiserver.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orchestrator.apiserver.spdy.SpdyConnection;
import io.orchestrator.apiserver.spdy.SpdyStream;
import io.orchestrator.spi.runtime.ExecSession;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A command, or an attached container, of a node in another process: each of its streams is one of a SPDY connection. */
final class RemoteCommandSession implements ExecSession {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteCommandSession.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SpdyConnection connection;
    private final OutputStream stdin;
    private final StreamInput stdout = new StreamInput();
    private final StreamInput stderr = new StreamInput();
    private final SpdyStream sizes;
    private final StreamText status = new StreamText();

    private RemoteCommandSession(SpdyConnection connection, boolean input, boolean tty) throws IOException {
        this.connection = connection;
        open("error", true).read(status);
        // It may be of use where it is not known whether there is a terminal.
        this.sizes = open("resize", false);
        sizes.discard();
        if (input) {
            SpdyStream in = open("stdin", false);
            in.discard();
            this.stdin = new StreamOutput(in);
        } else {
            this.stdin = OutputStream.nullOutputStream();
        }
        if (tty) {
            stderr.ended();
        } else {
            open("stderr", true).read(stderr);
        }
        open("stdout", true).read(stdout);
    }

    /** @param tty whether all output comes on one stream */
    static RemoteCommandSession over(SpdyConnection connection, boolean input, boolean tty) throws IOException {
        try {
            return new RemoteCommandSession(connection, input, tty);
        } catch (IOException e) {
            connection.close();
            throw e;
        }
    }

    private SpdyStream open(String type, boolean oneWay) throws IOException {
        return connection.open(Map.of("streamtype", type), oneWay);
    }

    @Override
    public OutputStream stdin() {
        return stdin;
    }

    @Override
    public InputStream stdout() {
        return stdout;
    }

    @Override
    public InputStream stderr() {
        return stderr;
    }

    @Override
    public void resize(int columns, int rows) {
        byte[] size = ("{\"Width\":" + columns + ",\"Height\":" + rows + "}\n").getBytes(StandardCharsets.US_ASCII);
        try {
            sizes.write(size, 0, size.length);
        } catch (IOException e) {
            LOG.debug("a terminal was not told its size: {}", e.toString());
        }
    }

    @Override
    public CompletionStage<Integer> exitCode() {
        return status.whole().thenApply(RemoteCommandSession::exitCode);
    }

    private static int exitCode(String status) {
        JsonNode told;
        try {
            told = JSON.readTree(status);
        } catch (IOException e) {
            throw new CompletionException("a node says no more than: " + status, e);
        }
        if (told.path("status").asText().equals("Success")) {
            return 0;
        }
        for (JsonNode cause : told.path("details").path("causes")) {
            if (cause.path("reason").asText().equals("ExitCode")) {
                return cause.path("message").asInt();
            }
        }
        throw new CompletionException(new IOException(told.path("message").asText("the command failed")));
    }

    @Override
    public void close() {
        stdout.close();
        stderr.close();
        connection.close();
    }
}
