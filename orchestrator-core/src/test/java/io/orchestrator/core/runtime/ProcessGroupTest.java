package io.orchestrator.core.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is signalled for a container, and above all who is not: the runtime may signal everybody where it is root. */
@EnabledOnOs(OS.LINUX)
class ProcessGroupTest {
    private static final Path TABLE = Path.of("/proc");
    /** As on systems that have none. */
    private static final Path NO_TABLE = Path.of("/nonexistent/proc");

    private static final String DIRECTORY = "/nonexistent/process-group-test";
    private static final String MARK = "ORCHESTRATOR_CONTAINER=" + DIRECTORY;
    private static final String PARENT = "sleep 1000 & echo begun; wait";

    private final List<Process> begun = new ArrayList<>();

    @AfterEach
    void end() {
        for (Process each : begun) {
            each.descendants().forEach(ProcessHandle::destroyForcibly);
            each.destroyForcibly();
        }
    }

    /** A process with a child. @param words of it, behind its script */
    private Process parent(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", PARENT));
        command.addAll(List.of(words));
        Process parent = new ProcessBuilder(command).start();
        begun.add(parent);
        assertThat(parent.inputReader().readLine()).isEqualTo("begun");
        return parent;
    }

    private static ProcessGroup led(Process leader, Path table) {
        return new ProcessGroup(leader.pid(), MARK, DIRECTORY, MarkedProcesses.in(table));
    }

    private static void signalInEveryWay(ProcessGroup group) throws IOException {
        group.signal("KILL");
        group.signalEach("KILL");
        group.kill();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/proc", "/nonexistent/proc"})
    void whoHasTheNumberOfALeaderNowIsLeftAloneWithItsChildren(Path table) throws Exception {
        Process stranger = parent("another");
        List<ProcessHandle> children = stranger.descendants().toList();
        assertThat(children).hasSize(1);

        signalInEveryWay(led(stranger, table));

        assertThat(stranger.waitFor(200, TimeUnit.MILLISECONDS)).isFalse();
        assertThat(children).allMatch(ProcessHandle::isAlive);
        assertThat(led(stranger, table).isGone()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/proc", "/nonexistent/proc"})
    void whoNamesTheFolderInPassingIsNoLeaderOfIt(Path table) throws Exception {
        assertThat(led(parent(DIRECTORY), table).alive()).isFalse();
        assertThat(led(parent("orchestrator-container", DIRECTORY + "0"), table).alive())
                .isFalse();
        assertThat(led(parent("orchestrator-container", DIRECTORY), table).alive())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/proc", "/nonexistent/proc"})
    void theLeaderAndWhatDescendsFromItAreEnded(Path table) throws Exception {
        Process leader = parent("orchestrator-container", DIRECTORY);
        List<ProcessHandle> children = leader.descendants().toList();

        led(leader, table).kill();

        assertThat(leader.waitFor(10, TimeUnit.SECONDS)).isTrue();
        for (ProcessHandle child : children) {
            child.onExit().get(10, TimeUnit.SECONDS);
        }
        assertThat(led(leader, table).isGone()).isTrue();
    }

    @Test
    void whoIsBegunWhileTheOthersAreKilledIsKilledToo() throws Exception {
        List<Process> each = List.of(parent(), parent(), parent());
        AtomicInteger looks = new AtomicInteger();
        MarkedProcesses machine = new MarkedProcesses(() -> Map.of(
                MARK,
                each.stream()
                        .limit(looks.incrementAndGet())
                        .filter(Process::isAlive)
                        .map(Process::toHandle)
                        .toList()));

        new ProcessGroup(0, MARK, DIRECTORY, machine).sweep();

        for (Process process : each) {
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void nobodyLooksAgainForWhatHasLeftNothing() throws Exception {
        AtomicInteger looks = new AtomicInteger();
        MarkedProcesses machine = new MarkedProcesses(() -> {
            looks.incrementAndGet();
            return Map.of();
        });

        new ProcessGroup(0, MARK, DIRECTORY, machine).sweep();

        assertThat(looks).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -2, -1, 0, 1})
    void whatIsNoNumberOfAContainersProcessIsNobody(long number) {
        for (Path table : List.of(TABLE, NO_TABLE)) {
            assertThat(ProcessId.of(number, table)).isEmpty();
            assertThat(new ProcessGroup(number, MARK, DIRECTORY, MarkedProcesses.in(table)).alive())
                    .isFalse();
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new ProcessId(number, ""));
    }

    @Test
    void whoeverWasBegunAtAnotherTimeIsNotSignalled() throws Exception {
        Process parent = parent();
        ProcessId real = ProcessId.of(parent.pid(), TABLE).orElseThrow();

        new ProcessId(real.pid(), real.start() + "0").signal("KILL");
        assertThat(parent.waitFor(200, TimeUnit.MILLISECONDS)).isFalse();

        real.signal("KILL");
        assertThat(parent.waitFor(10, TimeUnit.SECONDS)).isTrue();
        real.signal("KILL");
    }

    @Test
    void nothingDescendsFromWhatHasEnded() throws Exception {
        Process parent = parent();
        assertThat(ProcessId.below(parent.toHandle())).hasSize(1);

        ProcessHandle child = parent.descendants().findFirst().orElseThrow();
        parent.destroyForcibly().waitFor();

        assertThat(ProcessId.below(parent.toHandle())).isEmpty();
        child.destroyForcibly();
    }
}
