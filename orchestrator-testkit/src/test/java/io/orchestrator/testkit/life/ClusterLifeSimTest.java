package io.orchestrator.testkit.life;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many clusters, each through a day: 500 in CI, a few else. {@code -Dsimulation.lives=N} lives N of them, as the nightly build
 * does with 10,000; {@code -Dsimulation.seed=S} replays one.
 */
class ClusterLifeSimTest {
    private static final int LIVES = Integer.getInteger("simulation.lives", System.getenv("CI") == null ? 20 : 500);
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
