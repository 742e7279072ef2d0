package io.orchestrator.core.control;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.control.ControllerSpec;
import io.orchestrator.api.control.Events;
import io.orchestrator.core.client.SharedInformers;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.metrics.Gathering;
import io.orchestrator.core.metrics.MetricSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs controllers over one set of shared informers.
 *
 * <p>A controller begins when all kinds that it declared have synced, so nothing is mapped or reconciled on a cold cache. The
 * engine is the unit of leadership: the informers belong to the caller, so a standby keeps warm caches, makes an engine when
 * it is elected, and closes it when it no longer leads.
 *
 * <p><b>Threads.</b> Safe for concurrent use. Reconcilers run on the environment's executor.
 */
public final class ControllerEngine implements MetricSource, AutoCloseable {
    private final Client client;
    private final SharedInformers informers;
    private final Events events;
    private final Environment environment;
    private final Backoff backoff;
    private final Object lock = new Object();

    @GuardedBy("lock")
    private final List<RunningController> controllers = new ArrayList<>();

    @GuardedBy("lock")
    private boolean closed;

    public ControllerEngine(Client client, SharedInformers informers, Events events, Environment environment) {
        this(client, informers, events, environment, Backoff.standard());
    }

    /** @param backoff of a key whose reconciliation fails */
    public ControllerEngine(
            Client client, SharedInformers informers, Events events, Environment environment, Backoff backoff) {
        this.client = client;
        this.informers = informers;
        this.events = events;
        this.environment = environment;
        this.backoff = backoff;
    }

    /** Starts the controller, and the informers that it needs. Returns at once; work begins when they have synced. */
    public void run(ControllerSpec spec) {
        if (!start(spec)) {
            throw new IllegalStateException("this engine is closed");
        }
    }

    /** False when the engine is closed. */
    private boolean start(ControllerSpec spec) {
        RunningController controller;
        synchronized (lock) {
            if (closed) {
                return false;
            }
            controller = new RunningController(spec, client, informers, events, environment, backoff);
            controllers.add(controller);
        }
        informers.start();
        informers.whenSynced(controller.kinds(), controller::begin);
        return true;
    }

    /**
     * Starts the controller in the place of the one of its name, and returns when what was under way there has ended. It is told
     * of everything anew. Does nothing once the engine is closed.
     */
    public void replace(ControllerSpec spec) {
        List<RunningController> former;
        synchronized (lock) {
            if (closed) {
                return;
            }
            former = controllers.stream()
                    .filter(controller -> controller.name().equals(spec.name()))
                    .toList();
            controllers.removeAll(former);
        }
        former.forEach(RunningController::stop);
        former.forEach(RunningController::close);
        start(spec);
    }

    /** The figures of all queues. */
    @Override
    public void report(Gathering gathering) {
        List<RunningController> all;
        synchronized (lock) {
            all = List.copyOf(controllers);
        }
        all.forEach(controller -> controller.report(gathering));
    }

    /** Whether every controller has warm caches and works. */
    public boolean isWorking() {
        synchronized (lock) {
            return controllers.stream().allMatch(RunningController::hasBegun);
        }
    }

    /** Takes on nothing more, and returns when what is under way has ended. The informers go on. Idempotent. */
    @Override
    public void close() {
        List<RunningController> all;
        synchronized (lock) {
            closed = true;
            all = List.copyOf(controllers);
        }
        all.forEach(RunningController::stop);
        all.forEach(RunningController::close);
    }
}
