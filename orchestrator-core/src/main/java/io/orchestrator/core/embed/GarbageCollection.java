package io.orchestrator.core.embed;

import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.model.apiextensions.CustomResourceDefinition;
import io.orchestrator.core.client.Informer;
import io.orchestrator.core.client.SharedInformers;
import io.orchestrator.core.control.ControllerEngine;
import io.orchestrator.core.control.garbage.GarbageReconciler;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.env.SerialExecutor;
import io.orchestrator.core.registry.Catalog;
import java.util.List;
import java.util.function.Supplier;

/**
 * Keeps the garbage collector on all kinds that there are. A definition that comes or goes has it begin anew over the others: it
 * keeps no state, and what happened in between it sees from what stands.
 *
 * <p>The cache of a kind that went is kept, for a host's own controllers may share it, and asks for the kind now and then.
 */
final class GarbageCollection implements AutoCloseable {
    private final Supplier<Catalog> catalog;
    private final ControllerEngine engine;
    private final SerialExecutor loop;
    private final Informer<CustomResourceDefinition> definitions;
    private final Informer.Handler<CustomResourceDefinition> handler = (before, after) -> changed();

    /** Owned by the loop. */
    private List<ResourceType<?>> kinds;

    private volatile boolean closed;

    /** @param engine where the collector over the kinds of now runs already */
    GarbageCollection(
            Supplier<Catalog> catalog, ControllerEngine engine, SharedInformers informers, Environment environment) {
        this.catalog = catalog;
        this.engine = engine;
        this.loop = new SerialExecutor(environment.executor());
        this.kinds = BuiltInControllers.owning(catalog.get());
        this.definitions = informers.informer(CustomResourceDefinition.TYPE);
        definitions.addHandler(handler);
    }

    private void changed() {
        loop.execute(() -> {
            List<ResourceType<?>> now = BuiltInControllers.owning(catalog.get());
            if (!closed && !now.equals(kinds)) {
                kinds = now;
                engine.replace(GarbageReconciler.over(now));
            }
        });
    }

    @Override
    public void close() {
        closed = true;
        definitions.removeHandler(handler);
    }
}
