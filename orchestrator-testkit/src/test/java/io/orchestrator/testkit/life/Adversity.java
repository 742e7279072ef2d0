package io.orchestrator.testkit.life;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.model.apps.ReplicaSet;
import io.orchestrator.api.model.batch.Job;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.PersistentVolumeClaim;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.spi.runtime.RuntimeFailure;
import io.orchestrator.testkit.runtime.RuntimeCall;
import io.orchestrator.testkit.runtime.RuntimeFault;
import io.orchestrator.testkit.simulation.FaultRates;
import io.orchestrator.testkit.simulation.SimulatedComponent;
import io.orchestrator.testkit.simulation.WholeCluster;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Everything that happens to a cluster without anybody wanting it. */
final class Adversity {
    private static final List<ResourceType<?>> SLOW =
            List.of(Pod.TYPE, ReplicaSet.TYPE, Job.TYPE, Node.TYPE, PersistentVolumeClaim.TYPE);
    private static final FaultRates SLIGHT =
            new FaultRates(0.005, 0.005, 0.005, 0.002, 0.005, 0.005, 0.1, Duration.ofMillis(500), 3);

    private static final int MOST_SKEW_SECONDS = 2400;

    private final WholeCluster cluster;
    private final Random random;
    private final List<String> journal;
    /** What undoes each misfortune that lasts. */
    private final Map<String, Runnable> lasting = new LinkedHashMap<>();

    Adversity(WholeCluster cluster, Random random, List<String> journal) {
        this.cluster = cluster;
        this.random = random;
        this.journal = journal;
    }

    void act() {
        switch (random.nextInt(16)) {
            case 0, 1 -> crashSoon(controlPlane(), 25);
            case 2 -> crashSoon(agent(), 8);
            case 3 -> machineDies();
            case 4 -> partition(agent(), 120);
            case 5 -> partition(controlPlane(), 10);
            case 6 -> hold();
            case 7 -> loseWatches();
            case 8 -> engineFails();
            case 9 -> containersDie();
            case 10 -> clockJumps();
            case 11, 12 -> freeze(controlPlane());
            case 13 -> apiServerDies();
            default -> rates();
        }
    }

    /** All is well again. */
    void end() {
        cluster.rates(FaultRates.none());
        cluster.sim().apiServerDiesNoMore();
        List.copyOf(lasting.keySet()).forEach(this::undo);
        for (SimulatedComponent component : cluster.sim().components()) {
            component.faults().crashNoMore();
        }
    }

    /** One of the processes that decide. */
    private SimulatedComponent controlPlane() {
        return random.nextBoolean() ? controllers() : cluster.scheduler();
    }

    private SimulatedComponent controllers() {
        return cluster.controllers().get(random.nextInt(cluster.controllers().size()));
    }

    private SimulatedComponent agent() {
        return cluster.agents().get(random.nextInt(cluster.agents().size()));
    }

    private void crashSoon(SimulatedComponent component, int writes) {
        int n = 1 + random.nextInt(writes);
        journal.add(component.name() + " dies at its write " + n);
        component.faults().crashAfterWrite(n);
    }

    /** With all that ran on it. It comes back empty; meanwhile somebody may take it out of the cluster. */
    private void machineDies() {
        SimulatedComponent agent = agent();
        String node = agent.name();
        if (!agent.isAlive() || deadMachines() * 2 >= cluster.agents().size()) {
            return;
        }
        last("death of the machine " + node, 180, () -> {
            agent.kill();
            cluster.engine().killNode(node);
            if (random.nextInt(4) == 0) {
                remove(node);
            }
            return agent::start;
        });
    }

    private void remove(String node) {
        journal.add("the node " + node + " is deleted");
        try {
            cluster.sim().client().nodes().delete(node);
        } catch (ApiException e) {
            if (!Users.isTheirOwnDoing(e)) {
                throw e;
            }
        }
    }

    private long deadMachines() {
        return cluster.agents().stream().filter(agent -> !agent.isAlive()).count();
    }

    private void partition(SimulatedComponent component, int mostMinutes) {
        last("partition of " + component.name(), mostMinutes, () -> {
            component.faults().partition();
            return component.faults()::heal;
        });
    }

    private void hold() {
        ResourceType<?> type = SLOW.get(random.nextInt(SLOW.size()));
        SimulatedComponent component = random.nextInt(3) == 0 ? cluster.scheduler() : controllers();
        last("silence of " + type.plural() + " for " + component.name(), 6, () -> {
            component.faults().hold(type);
            return () -> component.faults().release(type);
        });
    }

    private void loseWatches() {
        boolean expired = random.nextBoolean();
        journal.add(expired ? "compaction, and all watches expire" : "all watches break");
        if (expired) {
            cluster.sim().compact();
        }
        for (SimulatedComponent component : cluster.sim().components()) {
            if (expired) {
                component.faults().expireWatches();
            } else {
                component.faults().dropWatches();
            }
        }
    }

    private void engineFails() {
        String node = agent().name();
        RuntimeFault fault = switch (random.nextInt(4)) {
            case 0 -> new RuntimeFault.Slow(Duration.ofSeconds(1 + random.nextInt(90)));
            case 1 -> new RuntimeFault.Fail(RuntimeFailure.Kind.UNAVAILABLE, "the simulated engine is away");
            case 2 -> new RuntimeFault.LoseAnswer();
            default -> new RuntimeFault.Hang();
        };
        double share = random.nextInt(3) == 0 ? 1 : 0.3;
        last(fault + " of the engine of " + node, 20, () -> {
            AutoCloseable end = cluster.engine()
                    .when(
                            (RuntimeCall call) -> call.owner().nodeName().equals(node) && random.nextDouble() < share,
                            fault);
            return () -> close(end);
        });
    }

    private void containersDie() {
        double share = 0.1 + random.nextDouble() / 4;
        int killed = cluster.engine().kill(container -> random.nextDouble() < share, 137);
        journal.add(killed + " containers die");
    }

    /** Of one machine, and not by so much that what waits for a moment waits beyond the next rest. */
    private void clockJumps() {
        SimulatedComponent component = random.nextBoolean() ? agent() : controlPlane();
        Duration ahead = Duration.ofSeconds(random.nextInt(2 * MOST_SKEW_SECONDS) - MOST_SKEW_SECONDS);
        last("clock of " + component.name() + " ahead by " + ahead, 240, () -> {
            component.skewClock(ahead);
            return () -> component.skewClock(Duration.ZERO);
        });
    }

    /** Suspended, and then going on as if nothing had been: by then another one may lead. */
    private void freeze(SimulatedComponent component) {
        Duration span = Duration.ofSeconds(1 + random.nextInt(random.nextBoolean() ? 60 : 1500));
        journal.add(component.name() + " stands still for " + span);
        component.freeze(span);
    }

    private void apiServerDies() {
        int n = 1 + random.nextInt(25);
        journal.add("the API server dies at its write " + n);
        cluster.sim().apiServerDiesAfterWrite(n);
    }

    private void rates() {
        FaultRates rates = List.of(FaultRates.none(), FaultRates.none(), SLIGHT, FaultRates.rough())
                .get(random.nextInt(4));
        journal.add("rates " + rates);
        cluster.rates(rates);
    }

    /** @param begin lets it happen, unless it lasts already; returns what undoes it */
    private void last(String what, int mostMinutes, Supplier<Runnable> begin) {
        if (!lasting.containsKey(what)) {
            Duration span = Duration.ofSeconds(30 + random.nextInt(mostMinutes * 60));
            journal.add(what + " for " + span);
            lasting.put(what, begin.get());
            cluster.sim().environment().timers().schedule(() -> undo(what), span.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void undo(String what) {
        Runnable undo = lasting.remove(what);
        if (undo != null) {
            journal.add("no more " + what);
            undo.run();
        }
    }

    private static void close(AutoCloseable handle) {
        try {
            handle.close();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
