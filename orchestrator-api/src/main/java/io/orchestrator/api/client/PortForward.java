package io.orchestrator.api.client;

import io.orchestrator.spi.node.PodConnection;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A port of this machine that leads to a port of a pod, for programs that know no Kubernetes: every connection to it is one to
 * the pod. Only loopback listens. A connection that the pod does not take is closed, and {@link #lastFailure} says why; the
 * others and the port are not touched by it. Thread-safe.
 */
public final class PortForward implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;
    private static final int BACKLOG = 50;

    private final ServerSocket listener;
    private final Supplier<CompletionStage<PodConnection>> pod;
    private final Executor executor;
    private final Set<AutoCloseable> open = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Exception failure;

    private PortForward(ServerSocket listener, Supplier<CompletionStage<PodConnection>> pod, Executor executor) {
        this.listener = listener;
        this.pod = pod;
        this.executor = executor;
    }

    static PortForward open(int localPort, Supplier<CompletionStage<PodConnection>> pod, Executor executor) {
        try {
            ServerSocket listener = new ServerSocket(localPort, BACKLOG, InetAddress.getLoopbackAddress());
            PortForward forward = new PortForward(listener, pod, executor);
            executor.execute(forward::accept);
            return forward;
        } catch (IOException e) {
            throw new UncheckedIOException("port " + localPort + " is not to be had", e);
        }
    }

    /** Where this machine's programs connect to, on loopback. */
    public int localPort() {
        return listener.getLocalPort();
    }

    /** Why the last connection that went wrong did so; empty while all goes well. */
    public Optional<Exception> lastFailure() {
        return Optional.ofNullable(failure);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket near = listener.accept();
                open.add(near);
                executor.execute(() -> serve(near));
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    failure = e;
                }
            }
        }
        cut();
    }

    private void serve(Socket near) {
        try (near;
                PodConnection far = connect()) {
            relay(near, far);
        } catch (IOException | ApiException e) {
            report(e);
        } finally {
            open.remove(near);
        }
    }

    private void relay(Socket near, PodConnection far) throws IOException {
        open.add(far);
        try {
            // A close that came before the connection was known has not cut it.
            if (!listener.isClosed()) {
                executor.execute(() -> send(near, far));
                copy(far.input(), near.getOutputStream());
                near.shutdownOutput();
            }
        } finally {
            open.remove(far);
        }
    }

    private PodConnection connect() throws IOException {
        try {
            return pod.get().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted before the pod was reached", e);
        } catch (TimeoutException e) {
            throw new ApiException(Reason.TIMEOUT, "the pod was not reached in " + PATIENCE_SECONDS + " s", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ApiException refused) {
                throw refused;
            }
            throw new IOException("the pod was not reached", e.getCause());
        }
    }

    /** What is said to the pod. Its end is passed on, and leaves the way back open. */
    private void send(Socket near, PodConnection far) {
        try (OutputStream out = far.output()) {
            copy(near.getInputStream(), out);
        } catch (IOException e) {
            // The pod may have ended the connection, which closes both: then nobody is left to be told.
            if (!near.isClosed()) {
                report(e);
            }
        }
    }

    private void report(Exception e) {
        if (!listener.isClosed()) {
            failure = e;
        }
    }

    private static void copy(InputStream in, OutputStream out) throws IOException {
        in.transferTo(out);
        out.flush();
    }

    private void cut() {
        for (AutoCloseable each : open) {
            try {
                each.close();
            } catch (Exception e) {
                // Nothing can be done about it, and the rest is to be closed all the same.
                failure = e;
            }
        }
    }

    /** Gives the port back and cuts its connections. Idempotent. */
    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            cut();
        }
    }
}
