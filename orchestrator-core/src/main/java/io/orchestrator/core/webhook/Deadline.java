package io.orchestrator.core.webhook;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.registry.webhook.ReviewTransport.Failure;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of one call: when its time is over, or when it is closed, every connection that it opened is closed.
 *
 * <p>Thread-safe: the timer's thread hands the work to the executor, since closing may block.
 */
final class Deadline implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Deadline.class);

    private final Environment environment;
    private final long end;
    private final Future<?> timer;
    private final Object lock = new Object();

    @GuardedBy("lock")
    private final List<Socket> open = new ArrayList<>();

    private volatile boolean over;

    Deadline(Environment environment, Duration timeout) throws Failure {
        this.environment = environment;
        this.end = environment.nanoTime().getAsLong() + timeout.toNanos();
        try {
            this.timer = environment
                    .timers()
                    .schedule(
                            () -> environment.executor().execute(this::expire),
                            timeout.toNanos(),
                            TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            throw new Failure("the server is being closed", e);
        }
    }

    /** What is left, for calls that have a timeout of their own; never 0, which would be for ever. */
    int millisLeft() {
        long left = TimeUnit.NANOSECONDS.toMillis(end - environment.nanoTime().getAsLong());
        return (int) Math.max(1, Math.min(left, Integer.MAX_VALUE));
    }

    boolean isOver() {
        return over || end - environment.nanoTime().getAsLong() <= 0;
    }

    /** Has the socket closed with this, at once when it is over. */
    void closes(Socket socket) throws IOException {
        synchronized (lock) {
            if (!over) {
                open.add(socket);
                return;
            }
        }
        socket.close();
        throw new IOException("context deadline exceeded");
    }

    private void expire() {
        over = true;
        closeAll();
    }

    private void closeAll() {
        List<Socket> sockets;
        synchronized (lock) {
            sockets = List.copyOf(open);
            open.clear();
        }
        // The outermost last: closing it first would wait for a farewell.
        for (Socket socket : sockets) {
            try {
                socket.close();
            } catch (IOException e) {
                LOG.debug("a connection to a webhook could not be closed: {}", e.toString());
            }
        }
    }

    @Override
    public void close() {
        timer.cancel(false);
        closeAll();
    }
}
