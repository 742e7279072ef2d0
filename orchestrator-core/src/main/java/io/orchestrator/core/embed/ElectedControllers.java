package io.orchestrator.core.embed;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.control.ControllerSpec;
import io.orchestrator.core.client.SharedInformers;
import io.orchestrator.core.control.ControllerEngine;
import io.orchestrator.core.control.EventRecorder;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.metrics.Gathering;
import io.orchestrator.core.metrics.MetricSource;
import io.orchestrator.core.registry.Registry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The controllers of a cluster, for as long as this control plane leads. Those of Kubernetes are made anew in each term, as what
 * they remember of an earlier one is older than what another leader did since; the caches stay warm in between.
 */
final class ElectedControllers implements MetricSource {
    private final Registry registry;
    private final SharedInformers informers;
    private final Environment environment;
    private final Supplier<List<ControllerSpec>> builtIn;
    private final Object lock = new Object();

    @GuardedBy("lock")
    private final List<ControllerSpec> own = new ArrayList<>();

    @GuardedBy("lock")
    private @Nullable ControllerEngine working;

    /** @param builtIn makes the controllers of Kubernetes, but for the garbage collector */
    ElectedControllers(
            Registry registry,
            SharedInformers informers,
            Environment environment,
            Supplier<List<ControllerSpec>> builtIn) {
        this.registry = registry;
        this.informers = informers;
        this.environment = environment;
        this.builtIn = builtIn;
    }

    /** Fills the caches that they will need, so that a term begins without a wait. */
    void warm() {
        builtIn.get().forEach(spec -> spec.sources().forEach(source -> informers.informer(source.type())));
        BuiltInControllers.owning(registry.catalog()).forEach(informers::informer);
    }

    /** Begins a term. @param client that everything is written with */
    AutoCloseable begin(Client client) {
        Teardown term = new Teardown();
        EventRecorder events = term.add("events", new EventRecorder(client, "controllermanager", environment));
        ControllerEngine engine = term.add("controllers", new ControllerEngine(client, informers, events, environment));
        builtIn.get().forEach(engine::run);
        term.add("garbage collection", new GarbageCollection(registry, engine, environment));
        synchronized (lock) {
            own.forEach(engine::run);
            working = engine;
        }
        return () -> {
            synchronized (lock) {
                working = null;
            }
            term.close();
        };
    }

    @Override
    public void report(Gathering gathering) {
        ControllerEngine engine;
        synchronized (lock) {
            engine = working;
        }
        if (engine != null) {
            engine.report(gathering);
        }
    }

    /** Runs a controller of the host's own, in this term and in those to come. */
    void run(ControllerSpec controller) {
        synchronized (lock) {
            own.add(controller);
            if (working != null) {
                working.run(controller);
            }
        }
    }
}
