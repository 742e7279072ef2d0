package io.orchestrator.core.network.health;

import io.orchestrator.core.network.io.Channels;
import io.orchestrator.core.network.io.SelectorLoop;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One question, whatever it is, up to the empty line that ends it; one answer; and the end. Owned by its loop. */
final class HealthConversation implements SelectorLoop.Channel {
    private static final Logger LOG = LoggerFactory.getLogger(HealthConversation.class);
    private static final int LONGEST = 8 * 1024;
    private static final int END = 0x0d0a0d0a;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final SelectorLoop loop;
    private final SocketChannel client;
    private final ByteBuffer answer;
    private final Runnable onEnd;
    private int read;
    private int last;
    private boolean closed;

    HealthConversation(SelectorLoop loop, SocketChannel client, byte[] answer, Runnable onEnd) {
        this.loop = loop;
        this.client = client;
        this.answer = ByteBuffer.wrap(answer);
        this.onEnd = onEnd;
    }

    void begin() {
        try {
            loop.register(client, SelectionKey.OP_READ, this);
            loop.setAlarm(this, PATIENCE, this::abort);
        } catch (IOException e) {
            LOG.trace("a load balancer left at once", e);
            abort();
        }
    }

    @Override
    public void ready(SelectionKey key) {
        try {
            if (isAsked()) {
                key.interestOps(SelectionKey.OP_WRITE);
                client.write(answer);
                if (!answer.hasRemaining()) {
                    abort();
                }
            }
        } catch (IOException e) {
            LOG.trace("a load balancer broke off", e);
            abort();
        }
    }

    /** Whether the whole question was read. */
    private boolean isAsked() throws IOException {
        if (last == END) {
            return true;
        }
        ByteBuffer bytes = loop.scratch();
        int count = client.read(bytes);
        read += Math.max(0, count);
        bytes.flip();
        while (bytes.hasRemaining() && last != END) {
            last = last << Byte.SIZE | (bytes.get() & 0xff);
        }
        if (last != END && (count < 0 || read > LONGEST)) {
            throw new IOException("no question in " + read + " bytes");
        }
        return last == END;
    }

    @Override
    public void abort() {
        if (!closed) {
            closed = true;
            loop.cancelAlarm(this);
            Channels.close(client);
            onEnd.run();
        }
    }
}
