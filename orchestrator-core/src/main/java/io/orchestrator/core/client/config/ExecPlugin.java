package io.orchestrator.core.client.config;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.orchestrator.core.env.Environment;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Credentials that a program gives: those of the clouds, mostly. It is run when they are first needed, when they have expired,
 * and when the server refused them; in between they are kept. One run at a time; whoever needs them meanwhile waits for it.
 */
public final class ExecPlugin implements Credentials {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int SHOWN = 500;

    private final Command command;
    private final Environment environment;
    private final Object lock = new Object();

    @GuardedBy("lock")
    private @Nullable ExecCredential known;

    /**
     * The program.
     *
     * @param words its path and its arguments
     * @param variables what its environment has besides ours
     * @param version of the protocol
     * @param question what it finds in {@code KUBERNETES_EXEC_INFO}
     * @param installHint for those who do not have it
     */
    record Command(
            List<String> words, Map<String, String> variables, String version, String question, String installHint) {
        Command {
            words = List.copyOf(words);
            variables = Map.copyOf(variables);
        }

        String program() {
            return words.get(0);
        }
    }

    ExecPlugin(Command command, Environment environment) {
        this.command = command;
        this.environment = environment;
    }

    /** A path with a separator is meant from the folder of the file that names it; a mere name is looked for in {@code PATH}. */
    static String program(String named, Path folder) {
        boolean path = named.contains("/");
        return path && !Path.of(named).isAbsolute()
                ? folder.resolve(named).normalize().toString()
                : named;
    }

    @Override
    public Shown current() {
        synchronized (lock) {
            ExecCredential standing = known;
            if (standing == null || isOver(standing)) {
                standing = run();
                known = standing;
            }
            return standing.shown();
        }
    }

    @Override
    public boolean refused(Shown shown) {
        synchronized (lock) {
            if (known != null && known.shown().equals(shown)) {
                known = null;
            }
            return true;
        }
    }

    private boolean isOver(ExecCredential standing) {
        return standing.expires() != null && !environment.clock().instant().isBefore(standing.expires());
    }

    private ExecCredential run() {
        Process process = begin();
        Future<?> end =
                environment.timers().schedule(process::destroyForcibly, PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        try {
            CompletableFuture<String> errors =
                    CompletableFuture.supplyAsync(() -> text(process.getErrorStream()), environment.executor());
            process.getOutputStream().close();
            String output = text(process.getInputStream());
            int code = process.waitFor();
            if (code != 0) {
                throw new ConfigException("the plugin " + command.program() + " failed with exit code " + code
                        + (end.isDone() ? ", as it took longer than " + PATIENCE.toSeconds() + " s" : "") + ": "
                        + shortened(errors.join()));
            }
            return ExecCredential.read(output, command.version(), command.program());
        } catch (IOException | UncheckedIOException | CompletionException e) {
            throw new ConfigException("the plugin " + command.program() + " could not be read: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConfigException("interrupted while the plugin " + command.program() + " ran", e);
        } finally {
            end.cancel(false);
            process.destroyForcibly();
        }
    }

    private Process begin() {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command.words()));
        builder.environment().putAll(command.variables());
        builder.environment().put("KUBERNETES_EXEC_INFO", command.question());
        try {
            return builder.start();
        } catch (IOException e) {
            String hint = command.installHint().isEmpty() ? "" : "\n" + command.installHint();
            throw new ConfigException(
                    "the plugin " + command.program() + " cannot be run: " + e.getMessage() + hint, e);
        }
    }

    private static String text(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String shortened(String errors) {
        String text = errors.strip();
        return text.length() > SHOWN ? text.substring(0, SHOWN) : text;
    }
}
