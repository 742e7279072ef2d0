package io.orchestrator.core.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class MarkedProcessesTest {
    private static final int ASKING = 50;
    /** Without care some of them miss it. */
    private static final int LOOKS = 200;

    private static final List<ProcessHandle> SELF = List.of(ProcessHandle.current());

    @Test
    void whoAskWhileSomebodyLooksShareTheNextLook() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        AtomicInteger looks = new AtomicInteger();
        MarkedProcesses processes = new MarkedProcesses(() -> {
            begun.countDown();
            await(goOn);
            return Map.of("look", looks.incrementAndGet() == 1 ? List.<ProcessHandle>of() : SELF);
        });
        FutureTask<List<ProcessHandle>> first = new FutureTask<>(() -> processes.with("look"));
        begin(first);
        await(begun);
        List<FutureTask<List<ProcessHandle>>> others = new ArrayList<>();
        for (int i = 0; i < ASKING; i++) {
            FutureTask<List<ProcessHandle>> other = new FutureTask<>(() -> processes.with("look"));
            others.add(other);
            Thread asking = begin(other);
            while (asking.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
        }
        goOn.countDown();

        assertThat(first.get()).isEmpty();
        for (FutureTask<List<ProcessHandle>> other : others) {
            assertThat(other.get()).as("seen after it had asked").isEqualTo(SELF);
        }
        assertThat(looks).hasValue(2);
        assertThat(processes.with("another")).isEmpty();
        assertThat(looks).as("a look of before is told to nobody").hasValue(3);
    }

    @Test
    void aLookThatFailsKeepsNobodyFromTheNext() {
        AtomicInteger looks = new AtomicInteger();
        MarkedProcesses processes = new MarkedProcesses(() -> {
            if (looks.incrementAndGet() == 1) {
                throw new IllegalStateException("none now");
            }
            return Map.of("look", SELF);
        });
        assertThatIllegalStateException().isThrownBy(() -> processes.with("look"));
        assertThat(processes.with("look")).isEqualTo(SELF);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aMarkIsAWholeVariable() throws Exception {
        ProcessBuilder builder = new ProcessBuilder("sleep", "1000");
        builder.environment().put(ContainerCommands.MARK, "/nonexistent/marked-processes-test");
        Process process = builder.start();
        try {
            MarkedProcesses processes = MarkedProcesses.ofThisMachine();
            String mark = ContainerCommands.MARK + "=/nonexistent/marked-processes-test";
            assertThat(processes.with(mark)).isEqualTo(List.of(process.toHandle()));
            assertThat(processes.with(mark + "0")).isEmpty();
            assertThat(processes.with(mark.substring(0, mark.length() - 1))).isEmpty();
        } finally {
            process.destroyForcibly();
        }
    }

    /** As a shell does that has just forked: the kernel shows no environment of a process while its program is replaced. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void whoBecomesAnotherProgramAgainAndAgainIsFoundByEveryLook(@TempDir Path directory) throws Exception {
        Path restless = directory.resolve("restless");
        Files.writeString(restless, "#!/bin/sh\nexec \"$0\"\n");
        assertThat(restless.toFile().setExecutable(true)).isTrue();
        ProcessBuilder builder = new ProcessBuilder(restless.toString());
        builder.environment().put(ContainerCommands.MARK, directory.toString());
        Process process = builder.start();
        try {
            MarkedProcesses processes = MarkedProcesses.ofThisMachine();
            for (int look = 0; look < LOOKS; look++) {
                assertThat(processes.with(ContainerCommands.MARK + "=" + directory))
                        .as("look %d", look)
                        .isEqualTo(List.of(process.toHandle()));
            }
        } finally {
            process.destroyForcibly();
        }
    }

    private static Thread begin(Runnable task) {
        Thread thread = new Thread(task, "asks for marked processes");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
