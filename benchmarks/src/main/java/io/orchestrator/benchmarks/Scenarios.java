package io.orchestrator.benchmarks;

import io.orchestrator.benchmarks.store.EtcdStoreScenario;
import io.orchestrator.benchmarks.store.MemoryStoreScenario;
import java.util.List;

/** All there are, in the order in which they are listed. */
final class Scenarios {
    private Scenarios() {}

    static List<Scenario> all() {
        return List.of(
                // One line each, so that additions do not collide.
                new MemoryStoreScenario(),
                new EtcdStoreScenario());
    }
}
