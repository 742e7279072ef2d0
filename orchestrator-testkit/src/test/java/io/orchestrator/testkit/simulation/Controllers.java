package io.orchestrator.testkit.simulation;

import io.orchestrator.api.control.ControllerSpec;
import io.orchestrator.core.client.SharedInformers;
import io.orchestrator.core.control.ControllerEngine;
import io.orchestrator.core.control.EventRecorder;
import io.orchestrator.core.control.deployment.DeploymentReconciler;
import io.orchestrator.core.control.replicaset.ReplicaSetReconciler;
import java.util.List;

/** Some controllers, as one process. */
final class Controllers implements AutoCloseable {
    private final SharedInformers informers;
    private final EventRecorder events;
    private final ControllerEngine engine;

    /** Those of a roll-out. */
    Controllers(Site site) {
        this(
                site,
                List.of(
                        ReplicaSetReconciler.controller(site.environment().clock()),
                        DeploymentReconciler.controller(site.environment().clock())));
    }

    Controllers(Site site, List<ControllerSpec> specs) {
        this.informers = new SharedInformers(site.transport(), site.environment());
        this.events = new EventRecorder(site.client(), "controllers", site.environment());
        this.engine = new ControllerEngine(site.client(), informers, events, site.environment());
        specs.forEach(engine::run);
    }

    @Override
    public void close() {
        engine.close();
        events.close();
        informers.close();
    }
}
