package io.orchestrator.runtime.docker;

import com.github.dockerjava.api.command.InspectExecResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a command that nobody waits for any more, as one that a probe gave up: no engine ends a command when its streams are cut, and
 * every check of a probe that hangs would leave one more. It is killed with what it began, where its engine is on this machine and the
 * agent may; elsewhere it ends with its container.
 */
final class CutCommand {
    private static final Logger LOG = LoggerFactory.getLogger(CutCommand.class);
    private static final Duration BEGINNING = Duration.ofMillis(100);
    private static final int LOOKS = 20;

    private final DockerEngine engine;
    private final String execId;
    private final Supplier<InspectExecResponse> inspect;

    CutCommand(DockerEngine engine, String execId) {
        this.engine = engine;
        this.execId = execId;
        this.inspect = () -> engine.client().inspectExecCmd(execId).exec();
    }

    /** Returns at once. */
    void end() {
        end(LOOKS);
    }

    /** The engine answers a request for a command before it has begun it: whoever is quick finds nothing to kill yet. */
    private void end(int looks) {
        engine.calls().call("inspect exec", inspect).whenComplete((seen, failure) -> {
            if (failure != null) {
                if (!(failure.getCause() instanceof NotFoundException)) {
                    LOG.debug("command {} may go on", execId, failure);
                }
            } else if (Boolean.TRUE.equals(seen.isRunning()) && pidOf(seen) > 0) {
                kill(seen);
            } else if (seen.getExitCodeLong() == null && looks > 0) {
                engine.timers().schedule(() -> end(looks - 1), BEGINNING.toMillis(), TimeUnit.MILLISECONDS);
            }
        });
    }

    private static long pidOf(InspectExecResponse seen) {
        Long pid = seen.getPidLong();
        return pid == null ? 0 : pid;
    }

    private static void kill(InspectExecResponse seen) {
        ProcessHandle.of(pidOf(seen)).ifPresent(command -> {
            // What it began is asked for first: whose parent has ended is a stranger's.
            List<ProcessHandle> all =
                    Stream.concat(Stream.of(command), command.descendants()).toList();
            all.stream()
                    .filter(process -> isIn(seen.getContainerID(), process))
                    .forEach(ProcessHandle::destroyForcibly);
        });
    }

    /** On another machine, or in another namespace, this number is somebody else's. */
    private static boolean isIn(String containerId, ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/cgroup"))
                    .contains(containerId);
        } catch (IOException e) {
            return false;
        }
    }
}
