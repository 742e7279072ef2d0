package io.orchestrator.testkit.life;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.model.batch.Job;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.agent.AgentConfig;
import io.orchestrator.core.control.nodelifecycle.NodeLifecycleSettings;
import io.orchestrator.core.control.pods.PodFacts;
import io.orchestrator.core.storage.LocalPathProvisioner;
import io.orchestrator.testkit.simulation.Simulation;
import io.orchestrator.testkit.simulation.SimulationFailure;
import io.orchestrator.testkit.simulation.WholeCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * A day of a cluster, wholly chosen by its seed. There are a few spells of trouble; after each, the users mend what they broke,
 * everything comes to rest, and all must be as wanted.
 *
 * <p>Nodes are heard of every few minutes instead of seconds, and so more patience is had with them, and watches last for hours:
 * heartbeats and watches that begin anew would be nearly all that happens, and they are not what is tried here.
 */
final class ClusterDay implements AutoCloseable {
    private static final int CPUS = 2;
    private static final int PODS = 20;
    private static final int SPELLS = 2;
    private static final int EVENTS = 14;
    /** In each so many-th life the controllers are in two processes, one of which is elected. */
    private static final int ELECTED = 3;
    /** So many times as long as usual. */
    private static final int WATCHES = 60;

    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration PATIENCE = Duration.ofMinutes(25);
    private static final AgentConfig.Timing TIMING = new AgentConfig.Timing(
            Duration.ofMinutes(10),
            Duration.ofMinutes(25),
            Duration.ofHours(1),
            Duration.ofMinutes(2),
            Duration.ofMinutes(15),
            Duration.ofMinutes(20),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(1));

    private final long seed;
    private final Simulation sim;
    private final Random random;
    private final int nodes;
    private final WholeCluster cluster;
    private final ReplicaRule replicas = new ReplicaRule();
    private final ClaimRule claims = new ClaimRule();
    private final Users users;
    private final Adversity adversity;
    private final List<String> journal = new ArrayList<>();

    ClusterDay(long seed, Path directory) {
        this.seed = seed;
        this.sim = Simulation.seeded(seed);
        this.random = new Random(sim.random().nextLong());
        // Most clusters are small; few of the defects that there are need many nodes.
        this.nodes = random.nextInt(10) > 0 ? 5 + random.nextInt(4) : 5 + random.nextInt(46);
        NodeLifecycleSettings usual = NodeLifecycleSettings.defaults();
        this.cluster = new WholeCluster(
                sim,
                directory,
                random.nextInt(ELECTED) == 0 ? 2 : 1,
                nodes,
                // volumes of the local path are paths of the host
                node -> node.withCapacity(Integer.toString(CPUS), "4Gi", PODS)
                        .withTiming(TIMING)
                        .withPolicy(AgentConfig.Policy.trusting()),
                new NodeLifecycleSettings(
                        PATIENCE,
                        usual.evictionInterval(),
                        usual.slowEvictionInterval(),
                        usual.unhealthyFraction(),
                        usual.largeZone()));
        sim.components().forEach(component -> component.faults().watchesLast(WATCHES));
        sim.client().create(LocalPathProvisioner.standardClass());
        cluster.engine().program(new Programs(new Random(random.nextLong()))::behaviour);
        List<String> timed = timed(journal);
        BudgetRule budgets = new BudgetRule(sim.time()::elapsed);
        JobRule jobs = new JobRule();
        PodBook book = new PodBook(List.of(
                replicas, budgets, jobs, new IdentityRule(cluster.engine()), new NodeLoadRule(CPUS * 1000L, PODS)));
        sim.invariant("pods", Pod.TYPE, book::look);
        sim.invariant("jobs", Job.TYPE, jobs::checkCounts);
        this.users = new Users(sim, new Random(random.nextLong()), replicas, budgets, timed);
        this.adversity = new Adversity(cluster, new Random(random.nextLong()), timed);
    }

    void live() {
        try {
            sim.advance(Duration.ofMinutes(1));
            for (int spell = 1; spell <= SPELLS; spell++) {
                trouble(DAY.dividedBy(SPELLS)
                        .multipliedBy(spell)
                        .minusHours(1)
                        .minus(sim.time().elapsed()));
                rest();
            }
        } catch (SimulationFailure e) {
            throw told(e);
        } catch (AssertionError | RuntimeException e) {
            throw told(sim.failure(String.valueOf(e.getMessage()), e));
        }
    }

    /** Users and adversity act by turns, often in quick succession; then nothing happens until the span is over. */
    private void trouble(Duration span) {
        long end = sim.time().nanoTime() + span.toNanos();
        for (int i = 0; i < EVENTS && sim.time().nanoTime() < end; i++) {
            if (random.nextInt(3) > 0) {
                users.act();
            } else {
                adversity.act();
            }
            int most = random.nextInt(2) == 0 ? 30 : random.nextInt(3) == 0 ? 10_000 : 600;
            sim.advance(Duration.ofSeconds(1 + random.nextInt(most)));
        }
        sim.advance(Duration.ofNanos(Math.max(0, end - sim.time().nanoTime())));
    }

    private void rest() {
        journal.add("---- rest");
        adversity.end();
        sim.advance(Duration.ofSeconds(1));
        users.mend();
        sim.advance(PATIENCE.multipliedBy(3));
        users.tidyBroken();
        sim.settle();
        users.tidy();
        sim.settle();
        Map<App, Integer> wanted = new AtRest(sim.client(), nodes).check();
        new NothingLeft(cluster).check();
        claims.check(sim.client());
        replicas.rest(wanted);
        int writes = sim.writes();
        String before = sim.writesByKind().toString();
        sim.advance(Duration.ofMinutes(30));
        if (sim.writes() != writes) {
            throw new AssertionError("writes at rest, from " + before + " to " + sim.writesByKind());
        }
    }

    private AssertionError told(SimulationFailure failure) {
        return new AssertionError(
                failure.getMessage() + "\nReplay it with -Dtest=ClusterLifeSimTest -Dsimulation.seed=" + seed + ", "
                        + nodes
                        + " nodes, where this happened:\n"
                        + String.join("\n", journal.subList(Math.max(0, journal.size() - 120), journal.size()))
                        + "\nand these are its pods:\n" + pods(),
                failure);
    }

    /** An API server that is dead has no pods to show, and is not what went wrong. */
    private String pods() {
        try {
            return describedPods();
        } catch (ApiException e) {
            return e.getMessage();
        }
    }

    private String describedPods() {
        return sim.client().pods().inAnyNamespace().list().items().stream()
                .map(pod -> pod.metadata().namespace() + "/" + pod.metadata().name() + " on "
                        + pod.spec().nodeName()
                        + " since " + pod.metadata().creationTimestamp()
                        + (pod.metadata().deletionTimestamp() == null ? "" : ", going,") + " "
                        + pod.spec().containers().get(0).image() + " "
                        + pod.status().phase() + " " + pod.status().reason()
                        + pod.status().message() + " " + PodFacts.restarts(pod) + " restarts, "
                        + pod.status().containerStatuses().stream()
                                .map(container -> container.state().waiting())
                                .filter(Objects::nonNull)
                                .map(waiting -> waiting.reason() + ": " + waiting.message())
                                .toList()
                        + pod.status().conditions().stream()
                                .map(condition -> condition.type() + "=" + condition.status() + condition.message())
                                .toList())
                .collect(Collectors.joining("\n"));
    }

    private List<String> timed(List<String> journal) {
        return new AbstractList<>() {
            @Override
            public String get(int index) {
                return journal.get(index);
            }

            @Override
            public int size() {
                return journal.size();
            }

            @Override
            public boolean add(String line) {
                return journal.add(sim.time().elapsed() + " " + line);
            }
        };
    }

    @Override
    public void close() throws Exception {
        sim.close();
    }
}
