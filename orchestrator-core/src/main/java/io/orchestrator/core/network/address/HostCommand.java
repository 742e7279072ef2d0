package io.orchestrator.core.network.address;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs programs of the host. Their output goes through a file, so that no thread is needed to empty a pipe. */
public final class HostCommand implements Command {
    private static final Logger LOG = LoggerFactory.getLogger(HostCommand.class);

    @Override
    public Result run(List<String> command, String input, Duration deadline) {
        Path in = null;
        Path out = null;
        try {
            in = Files.createTempFile("orchestrator-command", ".in");
            out = Files.createTempFile("orchestrator-command", ".out");
            Files.writeString(in, input, StandardCharsets.UTF_8);
            Process process = new ProcessBuilder(command)
                    .redirectInput(in.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start();
            if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new CommandFailure(command.get(0) + " did not end within " + deadline);
            }
            return new Result(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new CommandFailure(command.get(0) + " could not be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(command.get(0) + " was interrupted", e);
        } finally {
            delete(in);
            delete(out);
        }
    }

    private static void delete(@Nullable Path file) {
        if (file != null) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                LOG.debug("{} is left behind", file, e);
            }
        }
    }
}
