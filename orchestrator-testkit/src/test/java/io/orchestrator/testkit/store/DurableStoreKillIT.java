package io.orchestrator.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.orchestrator.core.store.DurableStore;
import io.orchestrator.core.store.MemoryStoreOptions;
import io.orchestrator.spi.store.Entry;
import io.orchestrator.spi.store.ListQuery;
import io.orchestrator.spi.store.StoreKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Another process writes with eight threads and is killed with -9 at any moment, again and again on the same directory.
 * Twenty rounds in each build; {@code -Ddurable.kills=1000} for more, and {@code -Ddurable.seed=7} for others.
 */
@Timeout(value = 12, unit = TimeUnit.HOURS)
class DurableStoreKillIT {
    private static final int ROUNDS = Integer.getInteger("durable.kills", 20);
    private static final long SEED = Long.getLong("durable.seed", 42);
    /** For one round, however busy the machine is. */
    private static final Duration BOUND = Duration.ofMinutes(15);

    private static final int LINES_BEFORE_THE_KILL = 400;
    private static final String GONE = "-";

    @TempDir
    private Path directory;

    /** What each key holds by the word of the killed: the acknowledged, and what was tried after that. */
    private final Map<String, Set<String>> allowed = new HashMap<>();

    /** How far the store had come when it was looked at last. */
    private long revision = 1;

    @Test
    void noAcknowledgedWriteIsLostAndNoOtherIsHalfThere() {
        Random random = new Random(SEED);
        for (int i = 0; i < ROUNDS; i++) {
            int round = i;
            assertTimeoutPreemptively(BOUND, () -> round(round, random), () -> "round " + round);
        }
        assertThat(revision).as("something was written").isGreaterThan(ROUNDS);
    }

    private void round(int round, Random random) throws IOException, InterruptedException {
        List<String> lines = writeAndKill(round, random.nextInt(LINES_BEFORE_THE_KILL));
        lines.forEach(this::follow);
        try (DurableStore store =
                DurableStore.open(directory.resolve("store"), Runnable::run, MemoryStoreOptions.keeping(200))) {
            assertThat(store.revision()).isGreaterThanOrEqualTo(revision);
            revision = store.revision();
            check(round, store);
        }
    }

    private List<String> writeAndKill(int round, int lines) throws IOException, InterruptedException {
        Path output = directory.resolve("output-" + round);
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DurableWriter.class.getName(),
                        directory.resolve("store").toString(),
                        Integer.toString(round))
                .redirectOutput(output.toFile())
                .redirectError(directory.resolve("errors").toFile())
                .start();
        try {
            while (lines(output).size() < lines) {
                assertThat(writer.waitFor(2, TimeUnit.MILLISECONDS))
                        .as(() -> "the writer ended: " + errors())
                        .isFalse();
            }
        } finally {
            writer.destroyForcibly();
            writer.waitFor();
        }
        return lines(output);
    }

    private static List<String> lines(Path output) throws IOException {
        return Files.readString(output).lines().toList();
    }

    private String errors() {
        try {
            return Files.readString(directory.resolve("errors"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private void follow(String line) {
        String[] words = line.split(" ");
        Set<String> now = allowed.computeIfAbsent(words[1], name -> new HashSet<>(Set.of(GONE)));
        if (words[0].equals("ack")) {
            now.clear();
        }
        now.add(words[2]);
    }

    private void check(int round, DurableStore store) {
        Map<String, String> found = new HashMap<>();
        for (Entry entry :
                store.list(new StoreKey("/registry/things/"), ListQuery.all()).entries()) {
            String text = new String(entry.value().bytes(), StandardCharsets.UTF_8);
            String name = entry.key().path().substring("/registry/things/".length());
            found.put(name, text.substring(0, text.indexOf(' ')));
        }
        assertThat(allowed.keySet()).containsAll(found.keySet());
        allowed.forEach((name, marks) -> {
            String mark = found.getOrDefault(name, GONE);
            assertThat(marks).as("what %s may hold after round %d", name, round).contains(mark);
            // It is on the disk now, whether it was acknowledged or not.
            marks.clear();
            marks.add(mark);
        });
    }
}
