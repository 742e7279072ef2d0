package io.orchestrator.core.runtime;

import io.orchestrator.spi.runtime.ExecSession;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/** A container that was joined: its log as it grows, and the pipe it reads. */
final class ProcessAttachment implements ExecSession {
    private final OutputStream stdin;
    private final InputStream stdout;
    private final CompletableFuture<Void> ended;
    private final BiConsumer<Integer, Integer> resize;

    /** @param ended completes with the container */
    ProcessAttachment(
            OutputStream stdin,
            InputStream stdout,
            CompletableFuture<Void> ended,
            BiConsumer<Integer, Integer> resize) {
        this.stdin = stdin;
        this.stdout = stdout;
        this.ended = ended;
        this.resize = resize;
    }

    @Override
    public OutputStream stdin() {
        return stdin;
    }

    @Override
    public InputStream stdout() {
        return stdout;
    }

    /** Empty: a container's processes write both into its log. */
    @Override
    public InputStream stderr() {
        return InputStream.nullInputStream();
    }

    @Override
    public void resize(int columns, int rows) {
        resize.accept(columns, rows);
    }

    @Override
    public CompletionStage<Integer> exitCode() {
        return ended.thenApply(gone -> 0);
    }

    @Override
    public void close() {
        try (stdin;
                stdout) {
            ended.isDone();
        } catch (IOException e) {
            throw new UncheckedIOException("a container could not be left", e);
        }
    }
}
