package io.orchestrator.core.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Four looks are a second. */
@EnabledOnOs(OS.LINUX)
class ContainerLooksTest {
    private static final int PODS = 100;
    private static final int MINUTE = 240;
    private static final int SECOND = 4;

    @TempDir
    Path directory;

    private final FolderWatch watch = FolderWatch.ofThisMachine();
    private final ContainerLooks looks = new ContainerLooks(watch);
    private final List<Fake> containers = new ArrayList<>();

    private static final class Fake implements ContainerLooks.Subject {
        private final Path directory;
        private final boolean own;
        private long written;

        Fake(Path directory, boolean own) {
            this.directory = directory;
            this.own = own;
        }

        @Override
        public boolean hasEnded() {
            return false;
        }

        @Override
        public boolean tellsOfItsEnd() {
            return own;
        }

        @Override
        public long written() {
            return written;
        }

        @Override
        public Path directory() {
            return directory;
        }
    }

    @BeforeEach
    void begin() throws IOException {
        for (int i = 0; i < PODS; i++) {
            containers.add(new Fake(Files.createDirectory(directory.resolve("c" + i)), i != 0));
        }
        looked(10 * SECOND);
    }

    @AfterEach
    void close() {
        watch.close();
    }

    /** So many looks at what is due. @return how often it was each one */
    private List<Fake> looked(int times) {
        List<Fake> all = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            List<Fake> due = looks.due(containers);
            due.forEach(looks::looked);
            all.addAll(due);
        }
        return all;
    }

    @Test
    void aHundredThatRestAreLookedAtFourTimesAMinuteEach() {
        List<Fake> due = looked(MINUTE);
        assertThat(due.stream().filter(container -> container.own)).hasSizeLessThanOrEqualTo(4 * PODS);
    }

    @Test
    void oneWhoseEndNobodyTellsOfIsLookedAtEveryTwoSeconds() {
        assertThat(looked(MINUTE).stream().filter(container -> !container.own)).hasSizeBetween(30, 31);
    }

    @Test
    @Timeout(60)
    void oneThatWritesIsLookedAtEachTimeAndTheOthersAreNot() throws IOException {
        Fake writer = containers.get(7);
        writer.written++;
        Files.writeString(writer.directory().resolve("log"), "x");
        while (!looked(1).contains(writer)) {
            Thread.onSpinWait(); // until the system has told
        }

        List<Fake> due = new ArrayList<>();
        for (int i = 0; i < MINUTE; i++) {
            writer.written++;
            due.addAll(looked(1));
        }

        assertThat(due.stream().filter(writer::equals)).hasSize(MINUTE);
        assertThat(due).hasSizeLessThanOrEqualTo(MINUTE + 4 * PODS + MINUTE / 8);
    }
}
