package io.orchestrator.core.network.dns;

import io.orchestrator.core.network.io.Channels;
import io.orchestrator.core.network.io.SelectorLoop;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's connection: questions one after the other, answered in the order in which their answers come. While too many are
 * unanswered, or answers are not taken, nothing more is read; a client that does nothing for a while is left. Owned by its loop.
 */
final class Conversation implements SelectorLoop.Channel {
    private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);
    private static final int LENGTH = 2;
    private static final int MOST_UNANSWERED = 16;

    private final SelectorLoop loop;
    private final Responder responder;
    private final SocketChannel channel;
    private final Duration idle;
    private final Consumer<Conversation> onEnd;
    private final ByteBuffer length = ByteBuffer.allocate(LENGTH);
    private final Deque<ByteBuffer> answers = new ArrayDeque<>();
    private @Nullable ByteBuffer body;
    private @Nullable SelectionKey key;
    private int unanswered;
    private boolean ended;
    private boolean closed;

    Conversation(
            SelectorLoop loop,
            Responder responder,
            SocketChannel channel,
            Duration idle,
            Consumer<Conversation> onEnd) {
        this.loop = loop;
        this.responder = responder;
        this.channel = channel;
        this.idle = idle;
        this.onEnd = onEnd;
    }

    void begin() throws IOException {
        key = loop.register(channel, SelectionKey.OP_READ, this);
        loop.setAlarm(this, idle, this::abort);
    }

    @Override
    public void ready(SelectionKey ready) {
        loop.setAlarm(this, idle, this::abort);
        proceed();
    }

    private void proceed() {
        try {
            write();
            while (mayRead() && read()) {
                write();
            }
            if (ended && unanswered == 0 && answers.isEmpty()) {
                abort();
            } else {
                setInterest();
            }
        } catch (IOException e) {
            LOG.trace("a client of the DNS broke off", e);
            abort();
        }
    }

    private boolean mayRead() {
        return !closed && !ended && unanswered < MOST_UNANSWERED && answers.isEmpty();
    }

    /** Whether there may be more to read. */
    private boolean read() throws IOException {
        ByteBuffer into = body == null ? length : body;
        if (channel.read(into) < 0) {
            ended = true;
            return false;
        }
        if (into.hasRemaining()) {
            return false;
        }
        into.flip();
        if (body == null) {
            int announced = Request.length(length);
            length.clear();
            if (announced > Request.LONGEST) {
                // Where the next one would begin, nobody can wait to see.
                abort();
                return false;
            }
            body = ByteBuffer.allocate(announced);
            return true;
        }
        byte[] query = body.array();
        body = null;
        ask(query);
        return true;
    }

    private void ask(byte[] query) {
        unanswered++;
        if (!responder.answer(query, false, this::answered)) {
            abort();
        }
    }

    private void answered(byte[] answer) {
        unanswered--;
        if (closed) {
            return;
        }
        answers.add(ByteBuffer.allocate(LENGTH + answer.length)
                .putShort((short) answer.length)
                .put(answer)
                .flip());
        if (key != null && key.isValid()) {
            key.interestOps(key.interestOps() | SelectionKey.OP_WRITE);
        }
    }

    private void write() throws IOException {
        while (!closed && !answers.isEmpty()) {
            ByteBuffer first = answers.getFirst();
            channel.write(first);
            if (first.hasRemaining()) {
                return;
            }
            answers.removeFirst();
        }
    }

    private void setInterest() {
        if (key != null && key.isValid()) {
            key.interestOps((mayRead() ? SelectionKey.OP_READ : 0) | (answers.isEmpty() ? 0 : SelectionKey.OP_WRITE));
        }
    }

    @Override
    public void abort() {
        if (!closed) {
            closed = true;
            loop.cancelAlarm(this);
            Channels.close(channel);
            onEnd.accept(this);
        }
    }
}
