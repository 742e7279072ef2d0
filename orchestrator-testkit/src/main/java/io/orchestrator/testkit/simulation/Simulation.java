package io.orchestrator.testkit.simulation;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.model.core.Namespace;
import io.orchestrator.core.client.NodeDirectory;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.registry.Catalog;
import io.orchestrator.core.store.MemoryStore;
import io.orchestrator.core.store.MemoryStoreOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A cluster on the test's own thread, in virtual time: store and registry, and the components that the test adds, each with
 * its own {@link Faults}. After every step that changed something all invariants are checked. Whatever fails says the seed and
 * the moment; the same seed fails again in the same way.
 *
 * <pre>{@code
 * try (Simulation sim = Simulation.seeded(42)) {
 *     SimulatedComponent controllers = sim.component("controllers", Controllers::start);
 *     controllers.faults().rates(FaultRates.rough());
 *     sim.invariant("never more than four pods", client -> assertThat(client.pods().list()).hasSizeLessThan(5));
 *     sim.client().create(deployment);
 *     sim.advance(Duration.ofMinutes(5));
 *     controllers.faults().rates(FaultRates.none());
 *     sim.settle();
 * }
 * }</pre>
 */
public final class Simulation implements AutoCloseable {
    private static final Duration QUIET = Duration.ofMinutes(2);
    /** Everything that the API keeps. */
    private static final String KEYS = "/registry/";

    private static final Duration PATIENCE = Duration.ofHours(3);

    private final long seed;
    private final VirtualTime time;
    private final Random random;
    private final Environment environment;
    private final MemoryStore store;
    private final NodeDirectory nodes = new NodeDirectory();
    private final SimulatedApi api;
    private final Client client;
    private final Map<String, SimulatedComponent> components = new LinkedHashMap<>();
    private final List<Invariant> invariants = new ArrayList<>();

    /** @param keys what of the store it is about: the beginning of keys */
    private record Invariant(String name, String keys, Consumer<Client> check) {}

    private Simulation(long seed, VirtualTime time, int history) {
        this.seed = seed;
        this.time = time;
        this.random = new Random(seed);
        this.environment = time.environment(new Random(random.nextLong()));
        this.store = new MemoryStore(environment.executor(), MemoryStoreOptions.keeping(history));
        this.api = new SimulatedApi(store, environment, nodes);
        this.client = new Client(api);
        for (String namespace : List.of("default", "kube-system", "kube-node-lease")) {
            if (client.namespaces().find(namespace).isEmpty()) {
                client.create(Namespace.named(namespace).build());
            }
        }
    }

    /** Tasks run in the order in which they come. */
    public static Simulation inOrder() {
        return new Simulation(1, VirtualTime.inOrder(), 32_768);
    }

    /** The order of tasks, and all chance, come from the seed. */
    public static Simulation seeded(long seed) {
        return new Simulation(seed, VirtualTime.interleaved(seed), 32_768);
    }

    public long seed() {
        return seed;
    }

    public VirtualTime time() {
        return time;
    }

    /** For what stands outside of all components and never dies, such as the engine below the nodes. */
    public Environment environment() {
        return environment;
    }

    /** The kinds that the API serves. */
    public Catalog catalog() {
        return api.registry().catalog();
    }

    /**
     * How nodes are reached, for those that have more than their objects. What meters say at once is what readers of metrics get:
     * nobody waits for them here.
     */
    public NodeDirectory nodes() {
        return nodes;
    }

    /** A user of the cluster, for whom nothing goes wrong. */
    public Client client() {
        return client;
    }

    /** For what the test itself does by chance. */
    public Random random() {
        return random;
    }

    /** Adds a component and starts it. */
    public SimulatedComponent component(String name, SimulatedComponent.Starter starter) {
        SimulatedComponent component =
                new SimulatedComponent(name, time, () -> api, this::advance, starter, random.nextLong());
        if (components.putIfAbsent(name, component) != null) {
            throw new IllegalArgumentException("there is a component " + name + " already");
        }
        component.start();
        return component;
    }

    /** All components, in the order in which they were added. */
    public List<SimulatedComponent> components() {
        return List.copyOf(components.values());
    }

    /** Must hold after every step. The check fails with an {@link AssertionError}. */
    public void invariant(String name, Consumer<Client> check) {
        invariants.add(new Invariant(name, KEYS, check));
    }

    /** Must hold after every step in which an object of this kind came, changed or went. */
    public void invariant(String name, ResourceType<?> about, Consumer<Client> check) {
        String group = about.group().isEmpty() ? "" : about.group() + "/";
        invariants.add(new Invariant(name, KEYS + group + about.plural() + "/", check));
    }

    /** How many requests of components had an effect, or might have had one; the heartbeats of nodes aside. */
    public int writes() {
        return components.values().stream()
                .mapToInt(component -> component.faults().writesBesideHeartbeats())
                .sum();
    }

    /** The newest revision of the store: it grows with every change of anything. */
    public long revision() {
        return store.revision();
    }

    /** Lets what was asked for until now be forgotten: older watches and lists expire. */
    public void compact() {
        store.compact(store.revision());
    }

    /**
     * The API server dies right after its n-th write to the store from now on, and comes back with nothing in its memory. Whoever
     * asked for that write hears that it may have failed, and all watches end.
     */
    public void apiServerDiesAfterWrite(int n) {
        api.dieAfterWrite(n);
    }

    /** It lives on, however much it writes. */
    public void apiServerDiesNoMore() {
        api.dieAfterWrite(0);
    }

    /** The API server dies here and now, and comes back. */
    public void restartApiServer() {
        api.restart();
    }

    /** Runs everything that is due within the span. */
    public void advance(Duration span) {
        long end = time.nanoTime() + span.toNanos();
        while (time.hasTaskUntil(end)) {
            step();
        }
        time.passTo(end);
    }

    /** Runs until no component but the nodes' heartbeats has written for two minutes. Fails when that does not come within three hours. */
    public void settle() {
        long deadline = time.nanoTime() + PATIENCE.toNanos();
        int writes = writes();
        long quietSince = time.nanoTime();
        while (time.nanoTime() - quietSince < QUIET.toNanos()) {
            advance(Duration.ofSeconds(1));
            if (writes() != writes) {
                writes = writes();
                quietSince = time.nanoTime();
            }
            if (time.nanoTime() > deadline) {
                throw failure("does not come to rest within " + PATIENCE + ", writes so far: " + writesByKind(), null);
            }
        }
    }

    /** What each component wrote, for messages. */
    public Map<String, Map<String, Integer>> writesByKind() {
        Map<String, Map<String, Integer>> all = new LinkedHashMap<>();
        components.forEach((name, component) -> all.put(name, component.faults().writesByKind()));
        return all;
    }

    @Override
    public void close() throws Exception {
        List<SimulatedComponent> last = new ArrayList<>(components.values());
        for (int i = last.size() - 1; i >= 0; i--) {
            last.get(i).close();
        }
        api.close();
    }

    private void step() {
        try {
            time.step();
            if (api.isDead()) {
                api.restart();
            }
            List<String> written = api.takeWritten();
            if (!written.isEmpty()) {
                check(written);
            }
        } catch (SimulationFailure e) {
            throw e;
        } catch (AssertionError | RuntimeException e) {
            throw failure(String.valueOf(e.getMessage()), e);
        }
    }

    private void check(List<String> written) {
        for (Invariant invariant : invariants) {
            if (written.stream().anyMatch(key -> key.startsWith(invariant.keys()))) {
                try {
                    invariant.check().accept(client);
                } catch (AssertionError e) {
                    throw failure(invariant.name() + ": " + e.getMessage(), e);
                }
            }
        }
    }

    /** What was not as it must be, with the seed and the moment. */
    public SimulationFailure failure(String what, @Nullable Throwable cause) {
        return new SimulationFailure(seed, time.elapsed(), what, cause);
    }
}
