package io.orchestrator.api.client;

import io.orchestrator.spi.runtime.ExecSession;
import io.orchestrator.spi.runtime.LogStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Streams of pods as a whole. Blocks up to the caller's patience, then cuts the stream. */
final class PodOutput {
    private PodOutput() {}

    static String text(CompletionStage<LogStream> opening, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        try (LogStream stream = await(opening.toCompletableFuture(), deadline)) {
            return await(CompletableFuture.supplyAsync(() -> read(stream)), deadline);
        }
    }

    static ExecResult result(CompletionStage<ExecSession> opening, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        try (ExecSession session = await(opening.toCompletableFuture(), deadline)) {
            session.stdin().close();
            // Both at a time: a command that fills one pipe waits for its reader.
            CompletableFuture<String> out = CompletableFuture.supplyAsync(() -> read(session.stdout()));
            CompletableFuture<String> err = CompletableFuture.supplyAsync(() -> read(session.stderr()));
            int code = await(session.exitCode().toCompletableFuture(), deadline);
            return new ExecResult(code, await(out, deadline), await(err, deadline));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(LogStream stream) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            for (byte[] piece = stream.read(); piece != null; piece = stream.read()) {
                bytes.writeBytes(piece);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static String read(InputStream stream) {
        try {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <V> V await(CompletableFuture<V> future, long deadline) {
        try {
            return future.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiException(Reason.TIMEOUT, "interrupted while waiting for a pod's output", e);
        } catch (TimeoutException e) {
            throw new ApiException(Reason.TIMEOUT, "timed out waiting for a pod's output", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
