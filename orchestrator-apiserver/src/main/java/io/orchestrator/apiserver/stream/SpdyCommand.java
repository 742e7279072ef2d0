package io.orchestrator.apiserver.stream;

import io.orchestrator.apiserver.spdy.SpdyStream;
import io.orchestrator.apiserver.spdy.StreamHandler;
import io.orchestrator.apiserver.spdy.StreamReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A command spoken to over the streams of a SPDY connection, which the client opens one by one, each naming its type. The
 * command's output begins when all are there that the request asked for. Called by one task at a time.
 */
public final class SpdyCommand implements StreamHandler {
    private static final Logger LOG = LoggerFactory.getLogger(SpdyCommand.class);
    private static final Map<String, Integer> TYPES = Map.of(
            "error",
            Channel.ERROR,
            "stdin",
            Channel.STDIN,
            "stdout",
            Channel.STDOUT,
            "stderr",
            Channel.STDERR,
            "resize",
            Channel.RESIZE);

    /** The protocol that every client since Kubernetes 1.4 offers. */
    private static final String V4 = "v4.channel.k8s.io";

    private final RemoteCommand command;
    private final boolean stdin;
    private final boolean tty;
    private final Map<Integer, SpdyStream> streams = new HashMap<>();

    /**
     * @param stdin whether a stream for it will come
     * @param tty whether a stream for its size will come
     */
    public SpdyCommand(RemoteCommand command, boolean stdin, boolean tty) {
        this.command = command;
        this.stdin = stdin;
        this.tty = tty;
    }

    /** What is spoken of what the client offers; empty for nothing. */
    public static Optional<String> protocol(List<String> offered) {
        return offered.contains(V4) ? Optional.of(V4) : Optional.empty();
    }

    /** Whether the client has opened what it asked for. */
    public boolean isBegun() {
        return command.isBegun();
    }

    @Override
    public void opened(SpdyStream stream) throws IOException {
        Integer channel = TYPES.get(stream.header("streamtype"));
        if (channel == null || streams.putIfAbsent(channel, stream) != null) {
            stream.refuse();
            return;
        }
        stream.accept();
        stream.read(readerOf(channel));
        if (isComplete()) {
            command.begin(new Client(Map.copyOf(streams)));
        }
    }

    private boolean isComplete() {
        return streams.containsKey(Channel.ERROR)
                && (streams.containsKey(Channel.STDIN) || !stdin)
                && (streams.containsKey(Channel.STDOUT) || !command.wantsStdout())
                && (streams.containsKey(Channel.STDERR) || !command.wantsStderr())
                && (streams.containsKey(Channel.RESIZE) || !tty);
    }

    private StreamReader readerOf(int channel) {
        return switch (channel) {
            case Channel.STDIN -> new Input();
            case Channel.RESIZE -> new Sizes();
            default -> new Nothing();
        };
    }

    @Override
    public void closed() {
        command.close();
    }

    private final class Input implements StreamReader {
        @Override
        public void received(byte[] bytes) throws IOException {
            command.input(bytes);
        }

        @Override
        public void ended() throws IOException {
            command.inputEnded();
        }

        @Override
        public void broken() {
            LOG.debug("the input of a command was broken off");
        }
    }

    /** Sizes come as JSON texts, one a line. */
    private final class Sizes implements StreamReader {
        private static final int MAX_LINE = 256;

        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        @Override
        public void received(byte[] bytes) throws IOException {
            for (byte each : bytes) {
                if (each != '\n') {
                    line.write(each);
                } else {
                    command.resize(line.toByteArray());
                    line.reset();
                }
            }
            if (line.size() > MAX_LINE) {
                throw new IOException("a size of " + line.size() + " characters");
            }
        }

        @Override
        public void ended() {
            LOG.trace("the terminal keeps its size");
        }

        @Override
        public void broken() {
            ended();
        }
    }

    private static final class Nothing implements StreamReader {
        @Override
        public void received(byte[] bytes) {
            LOG.debug("{} bytes on a stream that leads to the client are ignored", bytes.length);
        }

        @Override
        public void ended() {
            LOG.trace("a stream is one-way, as it should be");
        }

        @Override
        public void broken() {
            ended();
        }
    }

    /** The other ends of the streams. */
    private record Client(Map<Integer, SpdyStream> streams) implements CommandClient {
        @Override
        public void output(int channel, byte[] bytes, int length) throws IOException {
            SpdyStream stream = streams.get(channel);
            if (stream != null) {
                stream.write(bytes, 0, length);
            }
        }

        @Override
        public void ended(int channel) throws IOException {
            SpdyStream stream = streams.get(channel);
            if (stream != null) {
                stream.end();
            }
        }

        @Override
        public void finish(CommandEnd end) throws IOException {
            byte[] status = end.asStatus();
            output(Channel.ERROR, status, status.length);
            for (SpdyStream stream : streams.values()) {
                stream.end();
            }
            SpdyStream any = streams.values().iterator().next();
            any.connection().close();
        }
    }
}
