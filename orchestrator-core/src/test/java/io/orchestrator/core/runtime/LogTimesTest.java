package io.orchestrator.core.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.core.runtime.LogTimes.Mark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTimesTest {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final int MARKS = 2_000;
    private static final int STEP = 7;

    @TempDir
    Path directory;

    private Path file;
    private LogTimes times;

    @BeforeEach
    void open() throws IOException {
        file = directory.resolve("log.times");
        times = new LogTimes(file);
        for (int i = 1; i <= MARKS; i++) {
            times.add(mark(i));
        }
    }

    private static Mark mark(int number) {
        return new Mark((long) number * STEP, BEGIN.plusSeconds(number));
    }

    @Test
    void whatIsReadFromAnOffsetOnTellsTheSameOfAllThatFollows() throws IOException {
        List<Mark> all = times.all();
        for (long offset = 0; offset < (MARKS + 2) * STEP; offset += 13) {
            List<Mark> since = times.since(offset);
            for (long later = offset; later < offset + 3 * STEP; later++) {
                assertThat(LogTimes.at(since, later)).isEqualTo(LogTimes.at(all, later));
            }
        }
    }

    @Test
    void whoFollowsReadsTheEndAlone() throws IOException {
        assertThat(times.since((long) MARKS * STEP)).hasSizeLessThan(MARKS / 10);
        assertThat(times.since(0)).hasSize(MARKS);
    }

    @Test
    void aTimeIsThatOfTheLookThatFoundTheOutput() throws IOException {
        List<Mark> all = times.all();
        assertThat(LogTimes.at(all, 0)).contains(BEGIN.plusSeconds(1));
        assertThat(LogTimes.at(all, STEP - 1)).contains(BEGIN.plusSeconds(1));
        assertThat(LogTimes.at(all, STEP)).contains(BEGIN.plusSeconds(2));
        assertThat(LogTimes.at(all, (long) MARKS * STEP - 1)).contains(BEGIN.plusSeconds(MARKS));
        assertThat(LogTimes.at(all, (long) MARKS * STEP)).isEqualTo(Optional.empty());
        assertThat(LogTimes.at(List.of(), 0)).isEqualTo(Optional.empty());
    }

    @Test
    void aMarkThatWasCutShortIsPassedOver() throws IOException {
        Files.writeString(file, "99999 2026-01-01T0", StandardOpenOption.APPEND);
        assertThat(times.since((long) MARKS * STEP)).last().isEqualTo(mark(MARKS));
    }
}
