package io.orchestrator.testkit.simulation;

import io.orchestrator.core.client.SharedInformers;
import io.orchestrator.core.control.ControllerEngine;
import io.orchestrator.core.control.EventRecorder;
import io.orchestrator.core.control.deployment.DeploymentReconciler;
import io.orchestrator.core.control.replicaset.ReplicaSetReconciler;

/** The controllers of a roll-out, as one process. */
final class Controllers implements AutoCloseable {
    private final SharedInformers informers;
    private final EventRecorder events;
    private final ControllerEngine engine;

    Controllers(Site site) {
        this.informers = new SharedInformers(site.transport(), site.environment());
        this.events = new EventRecorder(site.client(), "controllers", site.environment());
        this.engine = new ControllerEngine(site.client(), informers, events, site.environment());
        engine.run(ReplicaSetReconciler.controller(site.environment().clock()));
        engine.run(DeploymentReconciler.controller(site.environment().clock()));
    }

    @Override
    public void close() {
        engine.close();
        events.close();
        informers.close();
    }
}
