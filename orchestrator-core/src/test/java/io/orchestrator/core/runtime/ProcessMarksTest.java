package io.orchestrator.core.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A table in which this process alone is, in the moments that a real one is seen in by luck. Time is counted, not waited for. */
@Timeout(60)
class ProcessMarksTest {
    private static final String MARK = ContainerCommands.MARK + "=/nonexistent/process-marks-test";
    private static final long SIZE = 4096;
    private static final long CODE = 4711;

    @TempDir
    Path table;

    private Path own;
    private final AtomicInteger pauses = new AtomicInteger();

    @BeforeEach
    void make() throws IOException {
        own = Files.createDirectory(
                table.resolve(String.valueOf(ProcessHandle.current().pid())));
        Files.writeString(own.resolve("environ"), "");
    }

    /** As the kernel tells of it, behind a name that may hold anything. */
    private void isIn(char state, long size, long code) {
        String[] words = new String[50];
        java.util.Arrays.fill(words, "0");
        words[0] = String.valueOf(state);
        words[20] = String.valueOf(size);
        words[23] = String.valueOf(code);
        write("stat", ProcessHandle.current().pid() + " (a) b) " + String.join(" ", words) + "\n");
    }

    private void write(String file, String text) {
        try {
            Files.writeString(own.resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param after what has become of it after so many pauses */
    private Map<String, List<ProcessHandle>> look(int many, Runnable after) {
        return new ProcessMarks(table, () -> {
                    if (pauses.incrementAndGet() == many) {
                        after.run();
                    }
                })
                .all();
    }

    @Test
    void whoBecomesAnotherProgramIsAskedUntilItHasHoweverLongTheMachineTakes() {
        isIn('R', SIZE, 0);
        Map<String, List<ProcessHandle>> found =
                look(ProcessMarks.PATIENCE, () -> write("environ", "PATH=/bin\0" + MARK + "\0"));

        assertThat(found).isEqualTo(Map.of(MARK, List.of(ProcessHandle.current())));
        assertThat(pauses).hasValue(ProcessMarks.PATIENCE);
    }

    @Test
    void whoNeverBecomesItIsPassedByInTheEnd() {
        isIn('D', SIZE, 0);

        assertThat(look(0, () -> {})).isEmpty();
        assertThat(pauses).hasValue(ProcessMarks.PATIENCE);
    }

    @Test
    void whoWasWaitedForInVainIsNotWaitedForAgainUntilItHasGoneOn() {
        isIn('D', SIZE, 0);
        ProcessMarks marks = new ProcessMarks(table, pauses::incrementAndGet);
        marks.all();
        marks.all();
        marks.all();
        assertThat(pauses).as("in three looks").hasValue(ProcessMarks.PATIENCE);

        write("environ", "PATH=/bin\0" + MARK + "\0");
        assertThat(marks.all()).isEqualTo(Map.of(MARK, List.of(ProcessHandle.current())));
        write("environ", "");
        marks.all();
        assertThat(pauses).as("when it becomes yet another").hasValue(2 * ProcessMarks.PATIENCE);
    }

    /** Its memory has gone, and its ports have not. */
    @Test
    void whoIsEndingIsWaitedForUntilItHasLetGoOfWhatItHolds() {
        isIn('R', 0, 0);

        assertThat(look(3, () -> isIn('Z', 0, 0))).isEmpty();
        assertThat(pauses).hasValue(3);
    }

    /** As newer kernels tell of what has no memory any more. */
    @Test
    void whoIsEndingIsWaitedForAlsoWhereItsEnvironmentCannotEvenBeOpened() throws IOException {
        Files.delete(own.resolve("environ"));
        isIn('D', 0, 0);

        assertThat(look(3, () -> isIn('X', 0, 0))).isEmpty();
        assertThat(pauses).hasValue(3);
    }

    @Test
    void whoHasEndedIsNotWaitedFor() {
        isIn('Z', 0, 0);

        assertThat(look(0, () -> {})).isEmpty();
        assertThat(pauses).hasValue(0);
    }

    @Test
    void whoHasNoEnvironmentIsNotWaitedFor() {
        isIn('S', SIZE, CODE);

        assertThat(look(0, () -> {})).isEmpty();
        assertThat(pauses).hasValue(0);
    }
}
