package io.orchestrator.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.client.ApiException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The API server dies between any two of its writes to the store, and comes back with nothing in its memory. */
class ApiServerDeathSimTest {
    private static final int MOST = Integer.getInteger("simulation.events", 20);

    @Test
    void aRollOutEndsTheSameWhereverItDies() throws Exception {
        Ended golden = rollOut(0);
        assertThat(golden.writes()).isGreaterThan(20);
        for (int n = 1; n <= golden.writes(); n += (int) Math.max(1, golden.writes() / MOST)) {
            assertThat(rollOut(n).end()).as("after its death at write %s", n).isEqualTo(golden.end());
        }
    }

    private record Ended(String end, long writes) {}

    /** @param death at which write; 0 for none */
    private static Ended rollOut(int death) throws Exception {
        try (Rollouts cluster = new Rollouts()) {
            cluster.create(Rollouts.web(2));
            long before = cluster.sim.revision();
            if (death > 0) {
                cluster.sim.apiServerDiesAfterWrite(death);
            }
            cluster.sim.advance(Duration.ofSeconds(10));
            try {
                cluster.setImage("nginx:2");
            } catch (ApiException e) {
                // It died of the user's own write, who asks again.
                cluster.sim.advance(Duration.ofSeconds(1));
                cluster.setImage("nginx:2");
            }
            cluster.sim.settle();
            long writes = cluster.sim.revision() - before;
            int atRest = cluster.sim.writes();
            cluster.sim.advance(Duration.ofMinutes(10));
            assertThat(cluster.sim.writes()).as("writes at rest").isEqualTo(atRest);
            return new Ended(cluster.describe(), writes);
        }
    }
}
