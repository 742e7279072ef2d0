package io.orchestrator.testkit.simulation;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.control.ControllerSpec;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.core.agent.AgentConfig;
import io.orchestrator.core.agent.NodeAgent;
import io.orchestrator.core.client.Informer;
import io.orchestrator.core.client.NodeDirectory;
import io.orchestrator.core.client.SharedInformers;
import io.orchestrator.core.control.ControllerEngine;
import io.orchestrator.core.control.EventRecorder;
import io.orchestrator.core.control.election.ElectionSettings;
import io.orchestrator.core.control.election.LeaderElection;
import io.orchestrator.core.control.nodelifecycle.NodeLifecycleReconciler;
import io.orchestrator.core.control.nodelifecycle.NodeLifecycleSettings;
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
import java.util.function.UnaryOperator;

/**
 * All controllers, the scheduler, and the agents of some nodes on a simulated engine. The controllers may be in two processes, one of
 * which works, elected by a lease.
 */
public final class WholeCluster implements AutoCloseable {
    /** Long, as those of nodes are where days are lived: renewals would be most of what happens. */
    private static final Duration LEASE = Duration.ofMinutes(10);

    private static final Duration RENEWED_WITHIN = Duration.ofMinutes(6);
    private static final Duration TRY = Duration.ofMinutes(2);

    private final Path volumes;
    private final Path directory;
    private final UnaryOperator<AgentConfig> node;
    private final NodeLifecycleSettings patience;
    private final Simulation sim;
    private final SimulatedRuntime engine;
    private final List<SimulatedComponent> controllers = new ArrayList<>();
    private final SimulatedComponent scheduler;
    private final List<SimulatedComponent> agents = new ArrayList<>();

    /** Three nodes as they are by default. */
    WholeCluster(Simulation sim, Path directory) {
        this(sim, directory, 1, 3, UnaryOperator.identity(), NodeLifecycleSettings.defaults());
    }

    /**
     * @param planes in how many processes the controllers are
     * @param nodes how many, named {@code node-1} and so on
     * @param node what each of them is like
     * @param patience with which they are judged
     */
    public WholeCluster(
            Simulation sim,
            Path directory,
            int planes,
            int nodes,
            UnaryOperator<AgentConfig> node,
            NodeLifecycleSettings patience) {
        this.sim = sim;
        this.volumes = directory.resolve("volumes");
        this.directory = directory;
        this.node = node;
        this.patience = patience;
        this.engine = new SimulatedRuntime(sim.environment(), sim.time()::step)
                .withAllImages()
                .program(spec -> Optional.of(Behaviour.runs().endsOnTerm(Duration.ofSeconds(1), 0)));
        if (planes == 1) {
            controllers.add(sim.component("controllers", this::controllers));
        } else {
            for (int i = 1; i <= planes; i++) {
                controllers.add(sim.component("controllers-" + i, this::candidate));
            }
        }
        this.scheduler = sim.component("scheduler", WholeCluster::scheduler);
        for (int i = 1; i <= nodes; i++) {
            String name = "node-" + i;
            agents.add(sim.component(name, site -> agent(site, name)));
        }
    }

    public Simulation sim() {
        return sim;
    }

    /** Below all nodes. */
    public SimulatedRuntime engine() {
        return engine;
    }

    /** One, or several of which one leads. */
    public List<SimulatedComponent> controllers() {
        return List.copyOf(controllers);
    }

    public SimulatedComponent scheduler() {
        return scheduler;
    }

    /** One for each node, by whose name they go. */
    public List<SimulatedComponent> agents() {
        return List.copyOf(agents);
    }

    /** From now on things go wrong so often for everybody. */
    public void rates(FaultRates rates) {
        sim.components().forEach(component -> component.faults().rates(rates));
    }

    private AutoCloseable controllers(Site site) {
        SharedInformers informers = new SharedInformers(site.transport(), site.environment());
        AutoCloseable working = working(site, informers, site.client());
        return () -> {
            working.close();
            informers.close();
        };
    }

    private AutoCloseable candidate(Site site) {
        SharedInformers informers = new SharedInformers(site.transport(), site.environment());
        LeaderElection election = new LeaderElection(
                site.client(),
                ElectionSettings.of("kube-controller-manager", site.name()).times(LEASE, RENEWED_WITHIN, TRY),
                site.environment(),
                client -> working(site, informers, client));
        election.start();
        return () -> {
            election.close();
            informers.close();
        };
    }

    /** @param client that everything is written with */
    private AutoCloseable working(Site site, SharedInformers informers, Client client) {
        EventRecorder events = new EventRecorder(client, "controllers", site.environment());
        ControllerSpec nodes =
                NodeLifecycleReconciler.spec(patience, site.environment().nanoTime());
        ControllerEngine running = new ControllerEngine(client, informers, events, site.environment());
        BuiltInControllers.of(sim::catalog, List.of(new LocalPathProvisioner(volumes)), site.environment()).stream()
                .map(spec -> spec.name().equals(nodes.name()) ? nodes : spec)
                .forEach(running::run);
        running.run(BuiltInControllers.garbageCollector(BuiltInControllers.owning(sim.catalog())));
        return () -> {
            running.close();
            events.close();
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

    private AutoCloseable agent(Site site, String name) {
        Informer<Service> services = new Informer<>(site.transport(), Service.TYPE, site.environment());
        services.start();
        EventRecorder events = new EventRecorder(site.client(), "kubelet", site.environment());
        NodeAgent running = new NodeAgent(
                node.apply(
                        AgentConfig.of("cluster", name, directory.resolve(name)).withTerminationMessages(false)),
                site.client(),
                engine.forNode(new RuntimeOwner("cluster", name)),
                services,
                events,
                site.environment(),
                new SimulatedProber(engine));
        running.start();
        NodeDirectory.Registration meter = sim.nodes().meter(name, running);
        return () -> {
            meter.close();
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
