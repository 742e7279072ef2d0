package io.orchestrator.core.embed;

import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.core.control.ControllerEngine;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.env.SerialExecutor;
import io.orchestrator.core.registry.Registry;
import java.util.List;

/**
 * Keeps the garbage collector on all kinds that there are. A definition that comes or goes has it begin anew over the others: it
 * keeps no state, and what happened in between it sees from what stands.
 *
 * <p>The cache of a kind that went is kept, for a host's own controllers may share it, and asks for the kind now and then.
 */
final class GarbageCollection implements AutoCloseable {
    private final Registry registry;
    private final ControllerEngine engine;
    private final SerialExecutor loop;
    private final Runnable end;

    /** Owned by the loop. */
    private List<ResourceType<?>> kinds;

    private volatile boolean closed;

    /** Starts the collector. */
    GarbageCollection(Registry registry, ControllerEngine engine, Environment environment) {
        this.registry = registry;
        this.engine = engine;
        this.loop = new SerialExecutor(environment.executor());
        this.kinds = BuiltInControllers.owning(registry.catalog());
        this.end = registry.whenCatalogChanges(this::look);
        engine.run(BuiltInControllers.garbageCollector(kinds));
        // A definition may have come before the registry knew whom to tell.
        look();
    }

    private void look() {
        if (closed) {
            return;
        }
        loop.execute(() -> {
            List<ResourceType<?>> now = BuiltInControllers.owning(registry.catalog());
            if (!closed && !now.equals(kinds)) {
                kinds = now;
                engine.replace(BuiltInControllers.garbageCollector(now));
            }
        });
    }

    @Override
    public void close() {
        closed = true;
        end.run();
    }
}
