package io.orchestrator.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.control.ControllerSpec;
import io.orchestrator.core.registry.Catalog;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Some controllers in a short story: it ends the same wherever they die, however late and incompletely they see, and then
 * nothing is written any more.
 *
 * @param name for people
 * @param controllers as they are in each of their lives
 * @param told what happens; the jobs of it, which are called so, end well after five seconds
 * @param end what can be seen at its end, without what no fault may be expected to keep
 */
record FaultStory(
        String name,
        BiFunction<Clock, Catalog, List<ControllerSpec>> controllers,
        Consumer<Workloads> told,
        Function<Client, String> end) {
    private static final int SEEDS = Integer.getInteger("simulation.seeds", 8);

    /** Returns how many writes there were to die of. */
    int diesAtEachWriteAndSeesEachEventLate() throws Exception {
        return new CrashPoints<>(() -> in(Simulation.inOrder()), cluster -> cluster.controllers, this::live)
                .forEachWriteAndEvent();
    }

    void goesWrongSo(FaultRates rates) throws Exception {
        String golden;
        try (Workloads cluster = in(Simulation.inOrder())) {
            golden = live(cluster);
        }
        for (long seed = 0; seed < SEEDS; seed++) {
            try (Workloads cluster = in(Simulation.seeded(seed))) {
                cluster.controllers.faults().rates(rates);
                assertThat(live(cluster)).as("seed %s", seed).isEqualTo(golden);
            }
        }
    }

    private Workloads in(Simulation sim) {
        return new Workloads(sim, clock -> controllers.apply(clock, sim.catalog()))
                .ending(pod -> pod.metadata().name().startsWith("job")
                        ? Optional.of(new KubeletStub.End(Duration.ofSeconds(5), 0))
                        : Optional.empty());
    }

    /** Lives it to its end. Then nothing is written. */
    private String live(Workloads cluster) {
        told.accept(cluster);
        cluster.controllers.faults().rates(FaultRates.none());
        cluster.sim.settle();
        cluster.mustRestFor(Duration.ofMinutes(10));
        return end.apply(cluster.sim.client());
    }

    /** Long enough for most of what follows, and not for all of it where things go wrong. */
    static void between(Workloads cluster) {
        cluster.sim.advance(Duration.ofSeconds(20));
    }

    @Override
    public String toString() {
        return name;
    }
}
