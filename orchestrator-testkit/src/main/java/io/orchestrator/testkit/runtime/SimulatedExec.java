package io.orchestrator.testkit.runtime;

import io.orchestrator.spi.runtime.ExecSession;
import io.orchestrator.spi.runtime.ExecSpec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A command in a simulated container: it takes its whole input, then answers at once. So its output can be read only once
 * its input has ended. Confined to its caller's thread.
 */
final class SimulatedExec implements ExecSession {
    private final ExecSpec spec;
    private final Behaviour.Exec program;
    private final ByteArrayOutputStream input = new ByteArrayOutputStream();
    private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
    private Behaviour.@Nullable ExecAnswer answer;

    SimulatedExec(ExecSpec spec, Behaviour.Exec program) {
        this.spec = spec;
        this.program = program;
        if (!spec.stdin()) {
            run();
        }
    }

    private void run() {
        if (answer == null) {
            answer = program.run(spec.command(), input.toByteArray());
            exitCode.complete(answer.code());
        }
    }

    @Override
    public OutputStream stdin() {
        return new OutputStream() {
            @Override
            public void write(int b) {
                if (spec.stdin()) {
                    input.write(b);
                }
            }

            @Override
            public void close() {
                run();
            }
        };
    }

    @Override
    public InputStream stdout() {
        return new Output(true);
    }

    @Override
    public InputStream stderr() {
        return new Output(false);
    }

    @Override
    public void resize(int columns, int rows) {
        // a simulated command has no terminal to tell
    }

    @Override
    public CompletionStage<Integer> exitCode() {
        return exitCode.minimalCompletionStage();
    }

    @Override
    public void close() {
        run();
    }

    /** Opened lazily, since the answer is there only when the input has ended. */
    private final class Output extends InputStream {
        private final boolean standard;
        private @Nullable InputStream bytes;

        Output(boolean standard) {
            this.standard = standard;
        }

        @Override
        public int read() throws IOException {
            return opened().read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            return opened().read(buffer, offset, length);
        }

        private InputStream opened() throws IOException {
            if (bytes == null) {
                if (answer == null) {
                    throw new IOException("a simulated command answers when its input has ended, which it has not");
                }
                boolean joined = spec.tty() && standard;
                String text = standard ? answer.stdout() + (joined ? answer.stderr() : "") : answer.stderr();
                bytes = new ByteArrayInputStream(
                        (spec.tty() && !standard ? "" : text).getBytes(StandardCharsets.UTF_8));
            }
            return bytes;
        }
    }
}
