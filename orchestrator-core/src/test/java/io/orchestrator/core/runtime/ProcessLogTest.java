package io.orchestrator.core.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.orchestrator.spi.runtime.LogQuery;
import io.orchestrator.spi.runtime.LogStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A container's output on disk: no more than there may be, nothing lost that is newer, and read on across what has gone. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class ProcessLogTest {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final int LINE = 100;
    /** Three files of 40 blocks each. */
    private static final LogLimit LIMIT = new LogLimit(40 * 4096L, 3);

    @TempDir
    Path directory;

    private Instant now = BEGIN;
    private final Clock clock = new Clock() {
        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };

    private OutputStream process;
    private ProcessLog log;
    private int written;

    @BeforeEach
    void open() throws IOException, InterruptedException {
        assumeTrue(canShorten(), "nothing shortens files of this file system");
        process = Files.newOutputStream(directory.resolve("log"), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        log = new ProcessLog(directory, LIMIT, clock);
    }

    private boolean canShorten() throws IOException, InterruptedException {
        if (!Files.isExecutable(Path.of("/usr/bin/fallocate"))) {
            return false;
        }
        Path probe = Files.write(directory.resolve("probe"), new byte[8192]);
        Process cutting = new ProcessBuilder("/usr/bin/fallocate", "-p", "-o", "0", "-l", "4096", probe.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return cutting.waitFor(30, TimeUnit.SECONDS) && cutting.exitValue() == 0;
    }

    @AfterEach
    void close() throws IOException {
        process.close();
    }

    @Test
    void outputIsKeptToTheSizeOfItsFilesByWholeLines() throws IOException {
        for (int i = 0; i < 100; i++) {
            write(200);
            assertThat(kept()).isLessThanOrEqualTo(LIMIT.total());
        }
        assertThat(kept()).isGreaterThan(LIMIT.kept() - 2 * LINE);

        String all = read(LogQuery.all());
        assertThat(all).hasSize((int) kept()).startsWith("line ").endsWith(line(written - 1));
        assertThat(all.lines().count()).isEqualTo(all.length() / LINE);
        assertThat(room()).as("bytes on the disk").isLessThan(LIMIT.total() + (1 << 20));
    }

    @Test
    void aFollowerReadsOnAcrossWhatHasGoneAndMissesNothingThatItKeepsUpWith() throws IOException {
        try (LogStream follower = log.open(new LogQuery(true, false, null, null, 0), () -> false)) {
            for (int i = 0; i < 100; i++) {
                write(200);
                for (int line = written - 200; line < written; line++) {
                    assertThat(new String(follower.read(), StandardCharsets.UTF_8))
                            .isEqualTo(line(line));
                }
            }
        }
    }

    @Test
    void whoIsTooSlowGoesOnWithTheOldestThatIsLeft() throws IOException {
        write(10);
        try (LogStream slow = log.open(new LogQuery(true, false, null, null, 0), () -> false)) {
            assertThat(new String(slow.read(), StandardCharsets.UTF_8)).isEqualTo(line(0));
            for (int i = 0; i < 100; i++) {
                write(200);
            }
            long first = log.file().start() / LINE;
            assertThat(first).isPositive();
            assertThat(new String(slow.read(), StandardCharsets.UTF_8)).isEqualTo(line((int) first));
        }
    }

    @Test
    void tailSinceAndLimitCountFromWhatIsLeft() throws IOException {
        for (int i = 0; i < 100; i++) {
            write(200);
            now = now.plus(Duration.ofSeconds(1));
        }
        int first = (int) (log.file().start() / LINE);

        assertThat(read(new LogQuery(false, false, 2, null, 0))).isEqualTo(line(written - 2) + line(written - 1));
        assertThat(read(new LogQuery(false, false, 1_000_000, null, 0))).startsWith(line(first));
        assertThat(read(new LogQuery(false, false, null, now.minusSeconds(1), 0)))
                .startsWith(line(written - 200));
        assertThat(read(new LogQuery(false, false, null, BEGIN, 0))).startsWith(line(first));
        assertThat(read(new LogQuery(false, false, null, null, 150)))
                .isEqualTo((line(first) + line(first + 1)).substring(0, 150));
        assertThat(read(new LogQuery(false, true, 1, null, 0)))
                .isEqualTo(now.minusSeconds(1) + " " + line(written - 1));
    }

    @Test
    void whatHasGoneIsKnownToTheNextAgent() throws IOException {
        for (int i = 0; i < 100; i++) {
            write(200);
        }
        String before = read(LogQuery.all());
        log = new ProcessLog(directory, LIMIT, clock);

        assertThat(read(LogQuery.all())).isEqualTo(before);
    }

    @Test
    void aFileThatItsProcessHasEmptiedIsReadAnew() throws IOException {
        write(10);
        try (LogStream follower = log.open(new LogQuery(true, false, 1, null, 0), () -> false)) {
            assertThat(new String(follower.read(), StandardCharsets.UTF_8)).isEqualTo(line(9));
            Files.write(directory.resolve("log"), new byte[0]);
            log.observe();
            write(1);

            assertThat(new String(follower.read(), StandardCharsets.UTF_8)).isEqualTo(line(10));
        }
        assertThat(read(LogQuery.all())).isEqualTo(line(10));
    }

    @Test
    void timesAreThinnedOutBeforeThereAreTooMany() throws IOException {
        LogTimes times = new LogTimes(directory.resolve("log.times"), 100);
        for (int i = 1; i <= 1000; i++) {
            times.add(new LogTimes.Mark(i, BEGIN.plusSeconds(i)));
        }

        assertThat(times.all())
                .hasSizeLessThanOrEqualTo(100)
                .isSortedAccordingTo(java.util.Comparator.comparingLong(LogTimes.Mark::offset));
        assertThat(times.all()).endsWith(new LogTimes.Mark(1000, BEGIN.plusSeconds(1000)));
        assertThat(times.last()).isEqualTo(1000);
    }

    @Test
    void logsAreKeptInTwoFilesAtLeast() {
        assertThatThrownBy(() -> new LogLimit(1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LogLimit(0, 2)).isInstanceOf(IllegalArgumentException.class);
    }

    private void write(int lines) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines; i++) {
            text.append(line(written++));
        }
        process.write(text.toString().getBytes(StandardCharsets.UTF_8));
        log.observe();
    }

    private static String line(int number) {
        String begin = "line " + number + " ";
        return begin + ".".repeat(LINE - 1 - begin.length()) + "\n";
    }

    private long kept() throws IOException {
        return log.file().length() - log.file().start();
    }

    /** What the file takes of the disk, which counts it in blocks of 512 bytes. */
    private long room() throws IOException {
        Process stat =
                new ProcessBuilder("stat", "-c", "%b", directory.resolve("log").toString()).start();
        return Long.parseLong(new String(stat.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim()) * 512;
    }

    private String read(LogQuery query) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (LogStream stream = log.open(query, () -> false)) {
            for (byte[] piece = stream.read(); piece != null; piece = stream.read()) {
                all.write(piece);
            }
        }
        return all.toString(StandardCharsets.UTF_8);
    }
}
