package io.orchestrator.core.runtime;

import io.orchestrator.spi.runtime.ExecSession;
import io.orchestrator.spi.runtime.ExecSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** A command beside a container's own, with its variables and directory. */
final class ProcessExec implements ExecSession {
    private final ExecSpec spec;
    private final Process process;

    private ProcessExec(ExecSpec spec, Process process) {
        this.spec = spec;
        this.process = process;
    }

    /**
     * @param spec what was asked for
     * @param words the command with all that comes before it
     */
    static ProcessExec start(ExecSpec spec, List<String> words, Map<String, String> environment, Path workingDirectory)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(words).directory(workingDirectory.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.redirectErrorStream(spec.tty());
        Process process = builder.start();
        if (!spec.stdin()) {
            process.getOutputStream().close();
        }
        return new ProcessExec(spec, process);
    }

    @Override
    public OutputStream stdin() {
        return spec.stdin() ? process.getOutputStream() : OutputStream.nullOutputStream();
    }

    @Override
    public InputStream stdout() {
        return process.getInputStream();
    }

    @Override
    public InputStream stderr() {
        return spec.tty() ? InputStream.nullInputStream() : process.getErrorStream();
    }

    @Override
    public void resize(int columns, int rows) {
        if (spec.tty()) {
            Terminal.below(process.toHandle()).ifPresent(terminal -> terminal.resize(columns, rows));
        }
    }

    @Override
    public CompletionStage<Integer> exitCode() {
        return process.onExit().thenApply(Process::exitValue);
    }

    @Override
    public void close() {
        ProcessId.below(process.toHandle()).forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
