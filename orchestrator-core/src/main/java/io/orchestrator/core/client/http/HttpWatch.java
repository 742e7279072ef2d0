package io.orchestrator.core.client.http;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.client.Watch;
import io.orchestrator.api.client.WatchEvent;
import io.orchestrator.api.client.WatchListener;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.core.codec.DecodeException;
import io.orchestrator.core.codec.ListReader;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.env.SerialExecutor;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * One watch: a request whose answer goes on. Everything that the listener is told passes through one queue, so that it hears one
 * thing at a time and nothing after the end.
 */
final class HttpWatch<T extends Resource> implements Watch {
    private final Class<T> kind;
    private final WatchListener<T> listener;
    private final ObjectCodec codec;
    private final ListReader reader;
    private final Refusals refusals;
    private final WatchHealth health;
    private final Environment environment;
    private final SerialExecutor turns;
    private final LineSubscriber lines;
    private volatile boolean over;
    private volatile long heardAt;
    private volatile @Nullable URI server;
    private volatile @Nullable Runnable abort;

    HttpWatch(
            Class<T> kind,
            WatchListener<T> listener,
            ObjectCodec codec,
            Refusals refusals,
            WatchHealth health,
            Environment environment) {
        this.kind = kind;
        this.listener = listener;
        this.codec = codec;
        this.reader = new ListReader(codec);
        this.refusals = refusals;
        this.health = health;
        this.environment = environment;
        this.turns = new SerialExecutor(environment.executor());
        this.lines = new LineSubscriber(turns, this::line, this::ended);
        this.heardAt = environment.nanoTime().getAsLong();
    }

    void begin(HttpCalls calls, HttpCall call) {
        HttpCalls.Opened<byte[]> opened;
        try {
            opened = calls.open(call, this::body);
        } catch (ApiException e) {
            fail(e);
            return;
        }
        server = opened.server();
        abort = opened.abort();
        health.add(this);
        if (over) {
            release();
        }
        opened.answer().whenComplete((response, failure) -> {
            if (failure != null) {
                Throwable cause = failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
                fail(HttpCalls.unreachable(opened.server(), cause));
            } else if (response.statusCode() != 200) {
                fail(refusals.of(response.statusCode(), response.body(), HttpCalls.retryAfter(response)));
            }
        });
    }

    private HttpResponse.BodySubscriber<byte[]> body(HttpResponse.ResponseInfo head) {
        return head.statusCode() == 200
                ? BodySubscribers.fromSubscriber(lines, done -> new byte[0])
                : BodySubscribers.ofByteArray();
    }

    private void line(byte[] line) {
        heardAt = environment.nanoTime().getAsLong();
        if (over) {
            return;
        }
        try {
            ListReader.Event event = reader.event(line);
            if (event.type().equals("ERROR")) {
                end(refusals.of(event.object()));
                return;
            }
            T object = codec.decode(event.object(), kind);
            listener.onEvent(new WatchEvent<>(WatchEvent.Type.valueOf(event.type()), object));
        } catch (DecodeException | IllegalArgumentException e) {
            end(new ApiException(Reason.INTERNAL_ERROR, "an event of the watch cannot be read: " + e.getMessage(), e));
        }
    }

    private void ended(@Nullable Throwable failure) {
        URI asked = server;
        end(
                failure == null || asked == null
                        ? new ApiException(Reason.TIMEOUT, "the watch has ended")
                        : HttpCalls.unreachable(asked, failure));
    }

    /** Called in a turn. */
    private void end(ApiException cause) {
        if (!over) {
            release();
            listener.onClosed(cause);
        }
    }

    /** Ends it from outside, unless it has ended. */
    void fail(ApiException cause) {
        turns.execute(() -> end(cause));
    }

    /** Whether nothing has come from this server since then. */
    boolean isSilentSince(long nanos) {
        return heardAt - nanos < 0;
    }

    @Nullable
    URI server() {
        return server;
    }

    @Override
    public void close() {
        release();
    }

    private void release() {
        over = true;
        health.remove(this);
        lines.cancel();
        Runnable begun = abort;
        if (begun != null) {
            begun.run();
        }
    }
}
