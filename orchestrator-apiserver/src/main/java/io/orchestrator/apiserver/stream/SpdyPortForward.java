package io.orchestrator.apiserver.stream;

import io.orchestrator.apiserver.spdy.SpdyStream;
import io.orchestrator.apiserver.spdy.StreamHandler;
import io.orchestrator.apiserver.spdy.StreamReader;
import io.orchestrator.spi.node.PodConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forwarded ports over a SPDY connection: for each connection the client opens a pair of streams of one request id, first for
 * errors, then for data. Called by one task at a time.
 */
public final class SpdyPortForward implements StreamHandler {
    private static final Logger LOG = LoggerFactory.getLogger(SpdyPortForward.class);
    /** What is spoken. */
    public static final String PROTOCOL = "portforward.k8s.io";

    private static final int MAX_PORT = 65_535;

    private final String pod;
    private final IntFunction<CompletionStage<PodConnection>> connect;
    private final Executor executor;
    private final Map<String, SpdyStream> errors = new HashMap<>();
    private final Set<Forward> forwards = ConcurrentHashMap.newKeySet();

    /**
     * @param pod its name, for the client's eyes
     * @param connect to a port of it
     * @param executor on which everything that may block runs
     */
    public SpdyPortForward(String pod, IntFunction<CompletionStage<PodConnection>> connect, Executor executor) {
        this.pod = pod;
        this.connect = connect;
        this.executor = executor;
    }

    @Override
    public void opened(SpdyStream stream) throws IOException {
        int port = port(stream.header("port"));
        String request = stream.header("requestid");
        switch (port == 0 ? "" : stream.header("streamtype")) {
            case "error" -> {
                if (errors.putIfAbsent(request, stream) == null) {
                    stream.accept();
                } else {
                    stream.refuse();
                }
            }
            case "data" -> {
                SpdyStream error = errors.remove(request);
                if (error == null) {
                    stream.refuse();
                } else {
                    stream.accept();
                    forward(port, stream, error);
                }
            }
            default -> stream.refuse();
        }
    }

    private void forward(int port, SpdyStream data, SpdyStream error) {
        Client client = new Client(data, error);
        Forward forward = new Forward(connect.apply(port), client, "port " + port + " to pod " + pod);
        forwards.add(forward);
        client.onFinish(() -> forwards.remove(forward));
        error.read(new Watched(forward));
        forward.connected().thenAccept(connection -> data.read(new ToPod(connection)));
        forward.begin(executor);
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            return port > 0 && port <= MAX_PORT ? port : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    @Override
    public void closed() {
        forwards.forEach(Forward::close);
    }

    /** What the client says. */
    private record ToPod(PodConnection connection) implements StreamReader {
        @Override
        public void received(byte[] bytes) throws IOException {
            connection.output().write(bytes);
            connection.output().flush();
        }

        @Override
        public void ended() throws IOException {
            connection.output().close();
        }

        @Override
        public void broken() {
            connection.close();
        }
    }

    /** Nothing is to come on the stream for errors, but its end may. */
    private record Watched(Forward forward) implements StreamReader {
        @Override
        public void received(byte[] bytes) {
            LOG.debug("{} bytes on a stream for errors are ignored", bytes.length);
        }

        @Override
        public void ended() {
            LOG.trace("the stream for errors is one-way, as it should be");
        }

        @Override
        public void broken() {
            forward.close();
        }
    }

    /** The other ends of a pair of streams. */
    private static final class Client implements ForwardClient {
        private final SpdyStream data;
        private final SpdyStream error;
        private volatile Runnable finished = () -> {};

        Client(SpdyStream data, SpdyStream error) {
            this.data = data;
            this.error = error;
        }

        void onFinish(Runnable told) {
            finished = told;
        }

        @Override
        public void data(byte[] bytes, int length) throws IOException {
            data.write(bytes, 0, length);
        }

        @Override
        public void finish(String message) throws IOException {
            finished.run();
            if (!message.isEmpty()) {
                byte[] text = message.getBytes(StandardCharsets.UTF_8);
                error.write(text, 0, text.length);
            }
            error.end();
            data.end();
            // What the client still sends has nobody to read it.
            data.discard();
        }
    }
}
