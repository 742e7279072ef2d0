package io.orchestrator.testkit.life;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many clusters, each through a day: 40 in CI, a few else, as a day costs one to two seconds of a processor. {@code
 * -Dsimulation.lives=N} lives N of them, as a nightly build may with 10,000; {@code -Dsimulation.first=S} begins at another seed,
 * and {@code -Dsimulation.seed=S} replays one.
 */
class ClusterLifeSimTest {
    private static final int LIVES = Integer.getInteger("simulation.lives", System.getenv("CI") == null ? 5 : 40);
    private static final int FIRST = Integer.getInteger("simulation.first", 0);

    @TempDir
    Path directory;

    @Test
    void everyClusterComesToWhatIsWantedWhateverHappens() throws Exception {
        Long one = Long.getLong("simulation.seed");
        if (one != null) {
            live(one);
            return;
        }
        for (long seed = FIRST; seed < FIRST + LIVES; seed++) {
            live(seed);
        }
    }

    private void live(long seed) throws Exception {
        try (ClusterDay day = new ClusterDay(seed, directory.resolve(Long.toString(seed)))) {
            day.live();
        }
    }
}
