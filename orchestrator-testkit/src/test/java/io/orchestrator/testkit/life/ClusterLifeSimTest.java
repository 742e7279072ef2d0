package io.orchestrator.testkit.life;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many clusters, each through a day, which costs a tenth of a second or two, on as many threads as there are processors. {@code -Dsimulation.lives=N} lives N of them, as a nightly build may with 10,000; {@code
 * -Dsimulation.first=S} begins at another seed, and {@code -Dsimulation.seed=S} replays one.
 */
class ClusterLifeSimTest {
    private static final int LIVES = Integer.getInteger("simulation.lives", 500);
    private static final long FIRST = Long.getLong("simulation.first", 0);
    /** More than any life takes on a machine that has other things to do as well. */
    private static final Duration LONGEST = Duration.ofMinutes(3);

    @TempDir
    Path directory;

    @Test
    void everyClusterComesToWhatIsWantedWhateverHappens() throws Exception {
        Long one = Long.getLong("simulation.seed");
        if (one != null) {
            live(one);
            return;
        }
        ExecutorService threads =
                Executors.newFixedThreadPool(Math.min(4, Runtime.getRuntime().availableProcessors()));
        try {
            List<Future<?>> lives = new ArrayList<>();
            LongStream.range(FIRST, FIRST + LIVES)
                    .forEach(seed -> lives.add(threads.submit(() -> {
                        live(seed);
                        return seed;
                    })));
            judge(lives);
        } finally {
            threads.shutdownNow();
        }
    }

    /** All are awaited, in their order: which seeds fail together says more than the first of them. */
    private static void judge(List<Future<?>> lives) throws Exception {
        List<Throwable> failures = new ArrayList<>();
        for (Future<?> life : lives) {
            try {
                life.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                failures.add(e.getCause());
            }
        }
        if (!failures.isEmpty()) {
            AssertionError all = new AssertionError(failures.size() + " of " + lives.size()
                    + " lives went wrong, the first so: " + failures.get(0).getMessage());
            failures.forEach(all::addSuppressed);
            throw all;
        }
    }

    private void live(long seed) throws Exception {
        try (ClusterDay day = new ClusterDay(seed, directory.resolve(Long.toString(seed)))) {
            day.live();
        }
    }
}
