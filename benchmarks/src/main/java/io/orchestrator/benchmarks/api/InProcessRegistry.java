package io.orchestrator.benchmarks.api;

import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.env.SystemEnvironment;
import io.orchestrator.core.registry.Caller;
import io.orchestrator.core.registry.JsonForms;
import io.orchestrator.core.registry.Registry;
import io.orchestrator.core.registry.address.RangeAllocator;
import io.orchestrator.core.registry.admission.BuiltInAdmission;
import io.orchestrator.core.registry.kinds.BuiltInKinds;
import io.orchestrator.core.schema.Schemas;
import io.orchestrator.core.store.MemoryStore;
import java.util.List;

/** The API without HTTP on a store in memory, with the admission that a cluster has: what a request costs behind its transport. */
final class InProcessRegistry implements AutoCloseable {
    /** Somebody whose fields are accounted for, as those of every user are. */
    static final Caller USER =
            new Caller("kubernetes-admin", List.of("system:masters"), "kubectl-create", warning -> {});

    final ObjectCodec codec = new ObjectCodec(new Schemas());
    final Registry registry;
    private final SystemEnvironment environment = new SystemEnvironment("benchmark");
    private final MemoryStore store = new MemoryStore(environment.environment().executor());

    InProcessRegistry() {
        this.registry = new Registry(
                store,
                environment.environment(),
                BuiltInKinds.catalog(
                        RangeAllocator.standard(environment.environment().random())),
                new JsonForms(codec),
                BuiltInAdmission.ofCluster(List.of(), List.of()));
        registry.start();
    }

    @Override
    public void close() {
        registry.close();
        store.close();
        environment.close();
    }
}
