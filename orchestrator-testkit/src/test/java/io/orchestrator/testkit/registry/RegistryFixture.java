package io.orchestrator.testkit.registry;

import io.orchestrator.api.client.Client;
import io.orchestrator.core.client.InProcessTransport;
import io.orchestrator.core.client.NodeDirectory;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.registry.Caller;
import io.orchestrator.core.registry.JsonForms;
import io.orchestrator.core.registry.Registry;
import io.orchestrator.core.registry.address.RangeAllocator;
import io.orchestrator.core.registry.admission.Admission;
import io.orchestrator.core.registry.admission.BuiltInAdmission;
import io.orchestrator.core.registry.kinds.BuiltInKinds;
import io.orchestrator.core.schema.Schemas;
import io.orchestrator.core.store.MemoryStore;
import io.orchestrator.core.store.MemoryStoreOptions;
import io.orchestrator.spi.store.Store;
import io.orchestrator.testkit.simulation.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/** A registry on a memory store in virtual time, with what every cluster has at its start. */
final class RegistryFixture implements AutoCloseable {
    final VirtualTime time;
    final Environment environment;
    final Store store;
    final Registry registry;
    final List<String> warnings = new ArrayList<>();
    final Caller caller = new Caller("alice", List.of(), "test", warnings::add);
    final NodeDirectory nodes = new NodeDirectory();
    final Client client;

    RegistryFixture() {
        this(VirtualTime.inOrder(), 1, MemoryStoreOptions.defaults());
    }

    RegistryFixture(VirtualTime time, long seed, MemoryStoreOptions history) {
        this(time, seed, history, 8192);
    }

    /** @param watchBound how many changes of one kind a watcher may lag behind */
    RegistryFixture(VirtualTime time, long seed, MemoryStoreOptions history, int watchBound) {
        this(time, seed, history, watchBound, UnaryOperator.identity());
    }

    /** With steps of admission of the host's own. */
    static RegistryFixture admitting(Admission... own) {
        return new RegistryFixture(
                VirtualTime.inOrder(), 1, MemoryStoreOptions.defaults(), 8192, UnaryOperator.identity(), List.of(own));
    }

    /** @param around wraps the store */
    RegistryFixture(
            VirtualTime time, long seed, MemoryStoreOptions history, int watchBound, UnaryOperator<Store> around) {
        this(time, seed, history, watchBound, around, List.of());
    }

    private RegistryFixture(
            VirtualTime time,
            long seed,
            MemoryStoreOptions history,
            int watchBound,
            UnaryOperator<Store> around,
            List<Admission> admission) {
        this.time = time;
        this.environment = time.environment(new Random(seed));
        this.store = around.apply(new MemoryStore(environment.executor(), history));
        this.registry = new Registry(
                store,
                environment,
                BuiltInKinds.catalog(RangeAllocator.standard(environment.random())),
                new JsonForms(new ObjectCodec(new Schemas())),
                BuiltInAdmission.stepsWith(admission),
                watchBound);
        registry.start();
        this.client = new Client(InProcessTransport.on(registry, caller, nodes, environment.executor()));
    }

    /** Lets everything happen that is due now. */
    void settle() {
        time.advance(java.time.Duration.ofMillis(100));
    }

    @Override
    public void close() {
        registry.close();
        store.close();
    }
}
