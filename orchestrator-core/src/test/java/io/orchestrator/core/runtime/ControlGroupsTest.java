package io.orchestrator.core.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.orchestrator.core.env.SystemEnvironment;
import io.orchestrator.spi.runtime.ContainerSpec.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Directories stand for those of the kernel; what lies in one keeps it, as a process would. */
@Timeout(60)
class ControlGroupsTest {
    private static final Path NODE = Path.of("cluster", "node");
    private static final Resources SOME = new Resources(2, 100, 64L << 20, 0);

    @TempDir
    Path folder;

    private final SystemEnvironment system = new SystemEnvironment("control-groups-test");
    private Path cpu;
    private Path memory;
    private ControlGroups groups;

    @BeforeEach
    void make() throws IOException {
        cpu = Files.createDirectories(folder.resolve("cpu/orchestrator"));
        memory = Files.createDirectories(folder.resolve("memory/orchestrator"));
        groups = new ControlGroups(List.of(folder.resolve("cpu"), folder.resolve("memory")), false);
    }

    @AfterEach
    void close() {
        system.close();
    }

    private static Path group(Path hierarchy, String name) throws IOException {
        return Files.createDirectories(hierarchy.resolve(NODE).resolve(name));
    }

    private ProcessNode node() throws IOException {
        return new ProcessNode(
                folder.resolve("state"),
                new None(),
                new ProcessImages(Map.of()),
                new ProcessMachine(
                        Optional::empty,
                        Optional::empty,
                        new ProcessLimits(Optional.of(groups), NODE),
                        new Privileges(Optional.empty(), false, false),
                        MarkedProcesses.ofThisMachine(),
                        LogLimit.DEFAULT,
                        system.environment()));
    }

    @Test
    void whatIsAboveARemovedGroupStaysForWhoMakesOneThere() throws IOException {
        group(cpu, "one");
        group(memory, "one");
        assertThat(groups.remove(NODE.resolve("one"))).isTrue();
        assertThat(cpu.resolve(NODE)).isEmptyDirectory();
        assertThat(memory.resolve(NODE)).isEmptyDirectory();
    }

    @Test
    void aGroupThatIsHeldInOneHierarchyIsNotGone() throws IOException {
        group(cpu, "one");
        Path held = Files.createFile(group(memory, "one").resolve("process"));
        assertThat(groups.remove(NODE.resolve("one"))).isFalse();
        assertThat(groups.below(NODE)).as("of every hierarchy").containsExactly("one");
        Files.delete(held);
        assertThat(groups.remove(NODE.resolve("one"))).isTrue();
        assertThat(groups.below(NODE)).isEmpty();
    }

    @Test
    void whatProcessesThatEndStillHoldIsRemovedWhenTheyHaveEnded() throws IOException {
        group(cpu, "free");
        Path held = Files.createFile(group(memory, "held").resolve("process"));
        ProcessNode node = node();
        assertThat(groups.below(NODE)).containsExactly("held");
        node.sweep();
        assertThat(groups.below(NODE)).containsExactly("held");
        Files.delete(held);
        node.sweep();
        assertThat(groups.below(NODE)).isEmpty();
    }

    @Test
    void whoClosesRemovesTheGroupsOfNodeAndClusterAndNotThatOfAllClusters() throws IOException {
        Path held = Files.createFile(group(memory, "held").resolve("process"));
        ProcessNode node = node();
        Files.delete(held);
        node.close();
        assertThat(cpu).isEmptyDirectory();
        assertThat(memory).isEmptyDirectory();
    }

    @Test
    void whoClosesLeavesWhatIsHeldAndWhatIsOfAnotherNode() throws IOException {
        Path other = Files.createDirectories(cpu.resolve("cluster/other/one"));
        Files.createFile(group(memory, "held").resolve("process"));
        node().close();
        assertThat(other).exists();
        assertThat(memory.resolve(NODE).resolve("held")).exists();
    }

    @Test
    void manyRuntimesOfOneProcessFindOutAtATimeWhatTheyMay() throws Exception {
        assumeTrue(ControlGroups.ofThisMachine().isPresent(), "this machine lets us make no control groups");
        ExecutorService several = Executors.newFixedThreadPool(4);
        try {
            List<Future<Boolean>> answers = IntStream.range(0, 40)
                    .mapToObj(i ->
                            several.submit(() -> ControlGroups.ofThisMachine().isPresent()))
                    .toList();
            for (Future<Boolean> answer : answers) {
                assertThat(answer.get(30, TimeUnit.SECONDS)).isTrue();
            }
        } finally {
            several.shutdownNow();
        }
    }

    @Test
    void aGroupIsMadeAgainAfterAllAboveItWasRemoved() throws Exception {
        Optional<ControlGroups> real = ControlGroups.ofThisMachine();
        assumeTrue(real.isPresent(), "this machine lets us make no control groups");
        Path cluster = Path.of("test-" + ProcessHandle.current().pid());
        Path node = cluster.resolve("node");
        for (int i = 0; i < 20; i++) {
            Path own = node.resolve("one");
            real.get().set(own, SOME);
            assertThat(real.get().remove(own)).isTrue();
            new ProcessLimits(real, node).close();
            assertThat(real.get().below(cluster)).isEmpty();
        }
    }

    /** Nobody needs an address here. */
    private static final class None implements PodAddresses {
        @Override
        public String take() {
            throw new IllegalStateException("there is none");
        }

        @Override
        public void hold(String address) {}

        @Override
        public void release(String address) {}
    }
}
