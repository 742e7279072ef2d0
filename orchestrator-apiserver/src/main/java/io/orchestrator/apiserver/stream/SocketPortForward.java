package io.orchestrator.apiserver.stream;

import io.orchestrator.apiserver.http.SocketEndpoint;
import io.orchestrator.apiserver.http.WebSocket;
import io.orchestrator.spi.node.PodConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forwarded ports over the messages of one WebSocket, one connection a port: two channels each, for data and for errors, both
 * of which begin with the number of the port. The socket is closed when the last connection has ended.
 */
public final class SocketPortForward implements SocketEndpoint {
    private static final Logger LOG = LoggerFactory.getLogger(SocketPortForward.class);
    /** Two channels each, and the first byte of a message says which. */
    public static final int MAX_PORTS = 127;

    private final List<Integer> ports;
    private final List<Forward> forwards = new ArrayList<>();
    private final ChannelProtocol protocol;
    private final Executor executor;
    private final AtomicInteger open;
    private volatile @Nullable WebSocket socket;

    /**
     * @param pod its name, for the client's eyes
     * @param connect to a port of it
     * @param executor on which everything that may block runs
     */
    public SocketPortForward(
            String pod,
            List<Integer> ports,
            ChannelProtocol protocol,
            IntFunction<CompletionStage<PodConnection>> connect,
            Executor executor) {
        this.ports = List.copyOf(ports);
        this.protocol = protocol;
        this.executor = executor;
        this.open = new AtomicInteger(ports.size());
        for (int i = 0; i < ports.size(); i++) {
            int port = ports.get(i);
            forwards.add(new Forward(connect.apply(port), new Client(2 * i), "port " + port + " to pod " + pod));
        }
    }

    @Override
    public void opened(WebSocket opened) {
        socket = opened;
        executor.execute(() -> {
            try {
                greet();
                forwards.forEach(forward -> forward.begin(executor));
            } catch (IOException e) {
                LOG.debug("a client did not wait for its ports: {}", e.toString());
                opened.disconnect();
            }
        });
    }

    private void greet() throws IOException {
        for (int i = 0; i < ports.size(); i++) {
            int port = ports.get(i);
            byte[] number = {(byte) port, (byte) (port >> Byte.SIZE)};
            send(2 * i, number, number.length);
            send(2 * i + 1, number, number.length);
        }
    }

    private void send(int channel, byte[] bytes, int length) throws IOException {
        WebSocket to = socket;
        if (to == null) {
            throw new IOException("the socket is not open");
        }
        to.send(protocol.encode(channel, bytes, length), protocol.isText());
    }

    @Override
    public void received(byte[] message, boolean text) {
        int channel = protocol.channel(message);
        if (channel == Channel.CLOSE) {
            ended(message);
            demand();
            return;
        }
        if (channel < 0 || channel % 2 != 0 || channel / 2 >= forwards.size()) {
            LOG.debug("a message on channel {} is ignored", channel);
            demand();
            return;
        }
        // The next message is asked for when this one is written: a pod that does not read holds its client back.
        forwards.get(channel / 2)
                .connected()
                .whenCompleteAsync(
                        (connection, failure) -> {
                            if (failure == null) {
                                write(connection, message);
                            }
                            demand();
                        },
                        executor);
    }

    /** The client has no more to say on a channel, and may still listen: newer than what Kubernetes has for ports. */
    private void ended(byte[] message) {
        byte[] payload = protocol.payload(message);
        int channel = payload.length == 1 ? payload[0] & 0xff : -1;
        if (channel >= 0 && channel % 2 == 0 && channel / 2 < forwards.size()) {
            forwards.get(channel / 2).connected().whenCompleteAsync((connection, failure) -> end(connection), executor);
        }
    }

    private static void end(@Nullable PodConnection connection) {
        try {
            if (connection != null) {
                connection.output().close();
            }
        } catch (IOException e) {
            LOG.debug("a pod was not told that no more will come: {}", e.toString());
        }
    }

    private void write(PodConnection connection, byte[] message) {
        try {
            connection.output().write(protocol.payload(message));
            connection.output().flush();
        } catch (IOException | IllegalArgumentException e) {
            LOG.debug("a pod did not take what was forwarded: {}", e.toString());
        }
    }

    private void demand() {
        WebSocket from = socket;
        if (from != null) {
            from.demand();
        }
    }

    @Override
    public void closed() {
        close();
    }

    /** The client has gone, or will not come. */
    public void close() {
        forwards.forEach(Forward::close);
    }

    /** The other ends of a pair of channels. */
    private final class Client implements ForwardClient {
        private final int channel;

        Client(int channel) {
            this.channel = channel;
        }

        @Override
        public void data(byte[] bytes, int length) throws IOException {
            send(channel, bytes, length);
        }

        @Override
        public void finish(String error) throws IOException {
            if (!error.isEmpty()) {
                byte[] text = error.getBytes(StandardCharsets.UTF_8);
                send(channel + 1, text, text.length);
            }
            WebSocket to = socket;
            if (open.decrementAndGet() == 0 && to != null) {
                to.close();
            }
        }
    }
}
