package io.orchestrator.runtime.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.ConflictException;
import io.orchestrator.spi.runtime.ExecSession;
import io.orchestrator.spi.runtime.ExecSpec;
import io.orchestrator.spi.runtime.RuntimeFailure;
import io.orchestrator.spi.runtime.RuntimeFailure.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Commands in containers, and containers joined. Blocking; thread-safe. Containers are named as the engine names them. */
final class DockerSessions {
    private static final Duration EXIT_POLL = Duration.ofMillis(20);
    private static final Duration LAST_EXIT_POLL = Duration.ofSeconds(5);

    private final DockerEngine engine;
    private final DockerClient docker;
    private final EngineCalls calls;

    DockerSessions(DockerEngine engine) {
        this.engine = engine;
        this.docker = engine.client();
        this.calls = engine.calls();
    }

    ExecSession exec(String container, ExecSpec spec) {
        String execId;
        try {
            execId = docker.execCreateCmd(container)
                    .withCmd(spec.command().toArray(String[]::new))
                    .withAttachStdin(spec.stdin())
                    .withAttachStdout(true)
                    .withAttachStderr(true)
                    .withTty(spec.tty())
                    .exec()
                    .getId();
        } catch (ConflictException e) {
            throw notRunning(container, e);
        }
        try {
            return HijackedExec.start(
                    engine.openWire(),
                    "/v" + engine.apiVersion() + "/exec/" + execId + "/start",
                    "{\"Detach\":false,\"Tty\":" + spec.tty() + "}",
                    spec.stdin(),
                    spec.tty(),
                    engine.executor(),
                    () -> exitOf(execId, EXIT_POLL),
                    (columns, rows) -> calls.run(
                            "resize",
                            () -> docker.resizeExecCmd(execId)
                                    .withSize(rows, columns)
                                    .exec()),
                    new CutCommand(engine, execId)::end);
        } catch (IOException e) {
            throw new RuntimeFailure(Kind.UNAVAILABLE, "exec in " + container + ": " + e.getMessage(), e);
        }
    }

    ExecSession attach(String container, boolean stdin) {
        InspectContainerResponse inspected =
                docker.inspectContainerCmd(container).exec();
        if (!Boolean.TRUE.equals(inspected.getState().getRunning())) {
            throw notRunning(container, null);
        }
        boolean tty = Boolean.TRUE.equals(inspected.getConfig().getTty());
        boolean input = stdin && Boolean.TRUE.equals(inspected.getConfig().getStdinOpen());
        try {
            return HijackedExec.start(
                    engine.openWire(),
                    "/v" + engine.apiVersion() + "/containers/" + inspected.getId()
                            + "/attach?stream=1&stdout=1&stderr=1&stdin=" + (input ? 1 : 0),
                    "",
                    input,
                    tty,
                    engine.executor(),
                    () -> CompletableFuture.completedFuture(0),
                    (columns, rows) -> calls.run(
                            "resize",
                            () -> docker.resizeContainerCmd(container)
                                    .withSize(rows, columns)
                                    .exec()),
                    () -> {});
        } catch (IOException e) {
            throw new RuntimeFailure(Kind.UNAVAILABLE, "attach to " + container + ": " + e.getMessage(), e);
        }
    }

    private static RuntimeFailure notRunning(String container, @Nullable Throwable cause) {
        return new RuntimeFailure(Kind.INVALID, "the container " + container + " is not running", cause);
    }

    /** The stream may end a moment before the engine knows the exit code. @param pause doubled from poll to poll */
    private CompletableFuture<Integer> exitOf(String execId, Duration pause) {
        return calls.call("inspect exec", () -> docker.inspectExecCmd(execId).exec())
                .thenCompose(inspected -> {
                    Long code = inspected.getExitCodeLong();
                    if (code != null && !Boolean.TRUE.equals(inspected.isRunning())) {
                        return CompletableFuture.completedFuture(code.intValue());
                    }
                    if (pause.compareTo(LAST_EXIT_POLL) > 0) {
                        return CompletableFuture.failedFuture(
                                new RuntimeFailure(Kind.UNAVAILABLE, "the command went on without its streams"));
                    }
                    CompletableFuture<Integer> later = new CompletableFuture<>();
                    engine.timers()
                            .schedule(
                                    () -> exitOf(execId, pause.multipliedBy(2)).whenComplete((value, error) -> {
                                        if (error == null) {
                                            later.complete(value);
                                        } else {
                                            later.completeExceptionally(error);
                                        }
                                    }),
                                    pause.toMillis(),
                                    TimeUnit.MILLISECONDS);
                    return later;
                });
    }
}
