package io.orchestrator.core.client.http;

import io.orchestrator.core.env.SerialExecutor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a body into lines as it comes. The next piece is asked for when the lines of this one have been taken, so a slow taker
 * holds the server back.
 */
final class LineSubscriber implements Flow.Subscriber<List<ByteBuffer>> {
    /** No object is larger, and nothing else stands in a line. */
    private static final int LONGEST = 8 << 20;

    private final SerialExecutor turns;
    private final Consumer<byte[]> line;
    private final Consumer<@Nullable Throwable> end;
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
    private volatile Flow.@Nullable Subscription subscription;
    private volatile boolean cancelled;

    /**
     * @param turns on which everything is called, one after another
     * @param end called once, with what went wrong or null
     */
    LineSubscriber(SerialExecutor turns, Consumer<byte[]> line, Consumer<@Nullable Throwable> end) {
        this.turns = turns;
        this.line = line;
        this.end = end;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        if (cancelled) {
            given.cancel();
        } else {
            given.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> pieces) {
        turns.execute(() -> {
            for (ByteBuffer piece : pieces) {
                take(piece);
            }
            Flow.Subscription more = subscription;
            if (more != null && !cancelled) {
                more.request(1);
            }
        });
    }

    private void take(ByteBuffer piece) {
        while (piece.hasRemaining()) {
            byte next = piece.get();
            if (next == '\n') {
                byte[] whole = begun.toByteArray();
                begun.reset();
                if (whole.length > 0) {
                    line.accept(whole);
                }
            } else {
                begun.write(next);
                if (begun.size() > LONGEST) {
                    cancel();
                    end.accept(new IOException("a line of the answer is longer than " + LONGEST + " bytes"));
                    return;
                }
            }
        }
    }

    @Override
    public void onError(Throwable failure) {
        turns.execute(() -> end.accept(failure));
    }

    @Override
    public void onComplete() {
        turns.execute(() -> end.accept(null));
    }

    /** Takes no more. Idempotent. */
    void cancel() {
        cancelled = true;
        Flow.Subscription given = subscription;
        if (given != null) {
            given.cancel();
        }
    }
}
