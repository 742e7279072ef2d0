package io.orchestrator.testkit.simulation;

import io.orchestrator.api.client.Client;
import io.orchestrator.core.client.SharedInformers;
import io.orchestrator.core.control.ControllerEngine;
import io.orchestrator.core.control.EventRecorder;
import io.orchestrator.core.control.deployment.DeploymentReconciler;
import io.orchestrator.core.control.election.ElectionSettings;
import io.orchestrator.core.control.election.LeaderElection;
import io.orchestrator.core.control.replicaset.ReplicaSetReconciler;
import java.time.Clock;
import java.util.List;

/** The controllers of a roll-out in one of several processes, the one of which works that has the lease. */
final class ControlPlane implements AutoCloseable {
    private final Site site;
    private final SharedInformers informers;
    private final LeaderElection election;

    ControlPlane(Site site) {
        this.site = site;
        this.informers = new SharedInformers(site.transport(), site.environment());
        this.election = new LeaderElection(
                site.client(),
                ElectionSettings.of("kube-controller-manager", site.name()),
                site.environment(),
                this::lead);
        informers.start();
        election.start();
    }

    boolean isLeading() {
        return election.isLeading();
    }

    private AutoCloseable lead(Client client) {
        EventRecorder events = new EventRecorder(client, "controllers", site.environment());
        ControllerEngine engine = new ControllerEngine(client, informers, events, site.environment());
        Clock clock = site.environment().clock();
        List.of(ReplicaSetReconciler.controller(clock), DeploymentReconciler.controller(clock))
                .forEach(engine::run);
        return () -> {
            engine.close();
            events.close();
        };
    }

    @Override
    public void close() {
        election.close();
        informers.close();
    }
}
