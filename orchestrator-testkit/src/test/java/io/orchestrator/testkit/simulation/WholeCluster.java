package io.orchestrator.testkit.simulation;

import io.orchestrator.api.model.core.Service;
import io.orchestrator.core.agent.AgentConfig;
import io.orchestrator.core.agent.NodeAgent;
import io.orchestrator.core.client.Informer;
import io.orchestrator.core.client.SharedInformers;
import io.orchestrator.core.control.ControllerEngine;
import io.orchestrator.core.control.EventRecorder;
import io.orchestrator.core.embed.BuiltInControllers;
import io.orchestrator.core.schedule.Scheduler;
import io.orchestrator.core.schedule.SchedulerSettings;
import io.orchestrator.core.schedule.plugin.KubernetesPlugins;
import io.orchestrator.core.storage.LocalPathProvisioner;
import io.orchestrator.spi.runtime.RuntimeOwner;
import io.orchestrator.testkit.runtime.Behaviour;
import io.orchestrator.testkit.runtime.SimulatedProber;
import io.orchestrator.testkit.runtime.SimulatedRuntime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All controllers, the scheduler, and the agents of three nodes on a simulated engine. */
final class WholeCluster implements AutoCloseable {
    private static final int NODES = 3;

    private final Path volumes;
    final Simulation sim;
    final SimulatedRuntime engine;
    final SimulatedComponent controllers;
    final SimulatedComponent scheduler;
    final List<SimulatedComponent> agents = new ArrayList<>();

    WholeCluster(Simulation sim, Path directory) {
        this.sim = sim;
        this.volumes = directory.resolve("volumes");
        this.engine = new SimulatedRuntime(sim.environment(), sim.time()::step)
                .withAllImages()
                .program(spec -> Optional.of(Behaviour.runs().endsOnTerm(Duration.ofSeconds(1), 0)));
        this.controllers = sim.component("controllers", this::controllers);
        this.scheduler = sim.component("scheduler", WholeCluster::scheduler);
        for (int i = 1; i <= NODES; i++) {
            String node = "node-" + i;
            agents.add(sim.component(node, site -> agent(site, node, directory.resolve(node))));
        }
    }

    /** From now on things go wrong so often for everybody. */
    void rates(FaultRates rates) {
        sim.components().forEach(component -> component.faults().rates(rates));
    }

    private AutoCloseable controllers(Site site) {
        SharedInformers informers = new SharedInformers(site.transport(), site.environment());
        EventRecorder events = new EventRecorder(site.client(), "controllers", site.environment());
        ControllerEngine running = new ControllerEngine(site.client(), informers, events, site.environment());
        BuiltInControllers.of(sim::catalog, List.of(new LocalPathProvisioner(volumes)), site.environment())
                .forEach(running::run);
        running.run(BuiltInControllers.garbageCollector(BuiltInControllers.owning(sim.catalog())));
        return () -> {
            running.close();
            events.close();
            informers.close();
        };
    }

    private static AutoCloseable scheduler(Site site) {
        SharedInformers informers = new SharedInformers(site.transport(), site.environment());
        EventRecorder events = new EventRecorder(site.client(), "scheduler", site.environment());
        Scheduler running = new Scheduler(
                site.client(),
                informers,
                events,
                site.environment(),
                SchedulerSettings.of(KubernetesPlugins.defaultProfile()));
        running.start();
        informers.start();
        return () -> {
            running.close();
            events.close();
            informers.close();
        };
    }

    private AutoCloseable agent(Site site, String node, Path directory) {
        Informer<Service> services = new Informer<>(site.transport(), Service.TYPE, site.environment());
        services.start();
        EventRecorder events = new EventRecorder(site.client(), "kubelet", site.environment());
        NodeAgent running = new NodeAgent(
                AgentConfig.of("cluster", node, directory).withTerminationMessages(false),
                site.client(),
                engine.forNode(new RuntimeOwner("cluster", node)),
                services,
                events,
                site.environment(),
                new SimulatedProber(engine));
        running.start();
        return () -> {
            running.close();
            events.close();
            services.close();
        };
    }

    @Override
    public void close() throws Exception {
        sim.close();
    }
}
