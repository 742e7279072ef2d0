package io.orchestrator.apiserver.stream;

import io.orchestrator.apiserver.http.SocketEndpoint;
import io.orchestrator.apiserver.http.WebSocket;
import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A command spoken to over one WebSocket: the server's end of {@code kubectl exec} and {@code attach}. When the command has
 * ended and its output is sent, a Status with its exit code goes out on the error channel and the socket is closed.
 */
public final class CommandSocket implements SocketEndpoint {
    private static final Logger LOG = LoggerFactory.getLogger(CommandSocket.class);

    private final RemoteCommand command;
    private final ChannelProtocol protocol;
    private volatile @Nullable WebSocket socket;

    public CommandSocket(RemoteCommand command, ChannelProtocol protocol) {
        this.command = command;
        this.protocol = protocol;
    }

    @Override
    public void opened(WebSocket opened) {
        this.socket = opened;
        command.begin(new Client(opened));
    }

    @Override
    public void received(byte[] message, boolean text) {
        // Writing to the command may block for as long as it does not read: never on the server's own thread. The next
        // frame is asked for when this one is done, so they stay in order and a sender is held back.
        try {
            command.executor().execute(() -> {
                receive(message);
                demand();
            });
        } catch (RejectedExecutionException e) {
            command.close();
        }
    }

    private void demand() {
        WebSocket open = socket;
        if (open != null) {
            open.demand();
        }
    }

    private void receive(byte[] message) {
        try {
            byte[] payload = protocol.payload(message);
            switch (protocol.channel(message)) {
                case Channel.STDIN -> command.input(payload);
                case Channel.RESIZE -> command.resize(payload);
                case Channel.CLOSE -> {
                    if (payload.length == 1 && payload[0] == Channel.STDIN) {
                        command.inputEnded();
                    }
                }
                default -> LOG.debug("a frame on a channel of no use is ignored");
            }
        } catch (IOException | IllegalArgumentException e) {
            // The command has closed its input, as many do before they end; what comes later has no reader.
            LOG.debug("input of a command was not taken: {}", e.toString());
        }
    }

    @Override
    public void closed() {
        command.close();
    }

    /** The other end of the socket. */
    private final class Client implements CommandClient {
        private final WebSocket session;

        Client(WebSocket session) {
            this.session = session;
        }

        @Override
        public void output(int channel, byte[] bytes, int length) throws IOException {
            session.send(protocol.encode(channel, bytes, length), protocol.isText());
        }

        @Override
        public void ended(int channel) {
            // The end of the socket is that of all its channels.
        }

        @Override
        public void finish(CommandEnd end) throws IOException {
            byte[] said = protocol.ending(end);
            if (said.length > 0) {
                output(Channel.ERROR, said, said.length);
            }
            session.close();
        }
    }
}
