package io.orchestrator.runtime.docker;

import io.orchestrator.spi.runtime.ExecSession;
import io.orchestrator.spi.runtime.RuntimeFailure;
import io.orchestrator.spi.runtime.RuntimeFailure.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running command or container, on a connection of its own that the engine has turned into a raw stream. One task reads it and sorts
 * its frames into stdout and stderr; when it ends, the exit code is asked for, never guessed.
 */
final class HijackedExec implements ExecSession {
    private static final Logger LOG = LoggerFactory.getLogger(HijackedExec.class);
    private static final int CHUNK = 32 * 1024;
    private static final int FRAME_HEADER = 8;
    private static final int MAX_HEAD = 16 * 1024;
    private static final int STDERR = 2;

    private final EngineWire wire;
    private final boolean tty;
    private final boolean wantsStdin;
    private final BytePipe stdout = new BytePipe();
    private final BytePipe stderr = new BytePipe();
    private final OutputStream stdin = new Stdin();
    private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
    private final BiConsumer<Integer, Integer> resize;
    private final AtomicReference<Runnable> cut;

    private HijackedExec(
            EngineWire wire, boolean stdin, boolean tty, BiConsumer<Integer, Integer> resize, Runnable cut) {
        this.wire = wire;
        this.wantsStdin = stdin;
        this.tty = tty;
        this.resize = resize;
        this.cut = new AtomicReference<>(cut);
    }

    /**
     * Makes the request on the connection, which turns it into a stream.
     *
     * @param path of the engine's API, with its version
     * @param body JSON; may be empty
     * @param exit asks for the exit code once the stream has ended
     * @param resize tells the terminal its columns and rows
     * @param cut called at most once, when the session is closed before its exit code is known
     */
    static HijackedExec start(
            EngineWire wire,
            String path,
            String body,
            boolean stdin,
            boolean tty,
            Executor executor,
            Supplier<CompletableFuture<Integer>> exit,
            BiConsumer<Integer, Integer> resize,
            Runnable cut)
            throws IOException {
        byte[] content = body.getBytes(StandardCharsets.US_ASCII);
        byte[] head = ("POST " + path + " HTTP/1.1\r\n"
                        + "Host: docker\r\nContent-Type: application/json\r\n"
                        + "Connection: Upgrade\r\nUpgrade: tcp\r\nContent-Length: " + content.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        wire.write(head, 0, head.length);
        wire.write(content, 0, content.length);
        byte[] early = readHead(wire);
        HijackedExec session = new HijackedExec(wire, stdin, tty, resize, cut);
        executor.execute(() -> session.pump(early, exit));
        return session;
    }

    /** Reads up to the empty line and gives what came behind it. */
    private static byte[] readHead(EngineWire wire) throws IOException {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        byte[] chunk = new byte[CHUNK];
        int end = -1;
        while (end < 0) {
            int read = wire.read(chunk);
            if (read < 0) {
                throw new IOException("Docker closed the connection: " + received.toString(StandardCharsets.UTF_8));
            }
            received.write(chunk, 0, read);
            end = received.toString(StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n");
            if (end < 0 && received.size() > MAX_HEAD) {
                throw new IOException("Docker answered with an endless header");
            }
        }
        byte[] all = received.toByteArray();
        String head = new String(all, 0, end, StandardCharsets.ISO_8859_1);
        if (!head.startsWith("HTTP/1.1 101") && !head.startsWith("HTTP/1.1 200")) {
            String text = new String(all, end + 4, all.length - end - 4, StandardCharsets.UTF_8);
            throw new RuntimeFailure(Kind.CANNOT_START, head.lines().findFirst().orElse("") + " " + text.strip());
        }
        return Arrays.copyOfRange(all, end + 4, all.length);
    }

    private void pump(byte[] early, Supplier<CompletableFuture<Integer>> exit) {
        try {
            Demux demux = new Demux();
            demux.take(early, early.length);
            byte[] chunk = new byte[CHUNK];
            for (int read = wire.read(chunk); read >= 0; read = wire.read(chunk)) {
                demux.take(chunk, read);
            }
        } catch (IOException e) {
            LOG.debug("the stream of a command ended early: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            stdout.end();
            stderr.end();
            closeWire();
        }
        exit.get().whenComplete((code, error) -> {
            if (error == null) {
                exitCode.complete(code);
            } else {
                exitCode.completeExceptionally(EngineCalls.failure("inspect exec", error));
            }
        });
    }

    /** Takes the stream apart: without a terminal, each piece has a header with its channel and length. */
    private final class Demux {
        private final byte[] header = new byte[FRAME_HEADER];
        private int headerRead;
        private int left;

        void take(byte[] bytes, int length) throws InterruptedException {
            if (tty) {
                stdout.put(Arrays.copyOf(bytes, length));
                return;
            }
            int at = 0;
            while (at < length) {
                if (left == 0) {
                    header[headerRead++] = bytes[at++];
                    if (headerRead == FRAME_HEADER) {
                        headerRead = 0;
                        left = ByteBuffer.wrap(header).getInt(4);
                    }
                } else {
                    int count = Math.min(left, length - at);
                    BytePipe pipe = header[0] == STDERR ? stderr : stdout;
                    pipe.put(Arrays.copyOfRange(bytes, at, at + count));
                    at += count;
                    left -= count;
                }
            }
        }
    }

    /** Goes straight to the wire; its close is the end of input for the command. */
    private final class Stdin extends OutputStream {
        private boolean closed;

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
            if (wantsStdin && !closed && length > 0) {
                wire.write(bytes, offset, length);
            }
        }

        @Override
        public synchronized void close() throws IOException {
            if (!closed) {
                closed = true;
                wire.shutdownOutput();
            }
        }
    }

    @Override
    public OutputStream stdin() {
        return stdin;
    }

    @Override
    public InputStream stdout() {
        return stdout;
    }

    @Override
    public InputStream stderr() {
        return stderr;
    }

    @Override
    public void resize(int columns, int rows) {
        if (tty) {
            resize.accept(columns, rows);
        }
    }

    @Override
    public CompletionStage<Integer> exitCode() {
        return exitCode.copy();
    }

    @Override
    public void close() {
        Runnable ending = cut.getAndSet(() -> {});
        boolean early = !exitCode.isDone();
        stdout.close();
        stderr.close();
        closeWire();
        if (early) {
            ending.run();
        }
    }

    private void closeWire() {
        try {
            wire.close();
        } catch (IOException e) {
            LOG.debug("a connection to Docker did not close well: {}", e.toString());
        }
    }
}
