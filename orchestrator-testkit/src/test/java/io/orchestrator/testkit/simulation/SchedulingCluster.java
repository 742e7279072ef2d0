package io.orchestrator.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.control.ControllerSpec;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.NodeBuilder;
import io.orchestrator.api.model.core.NodeStatusBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodPhase;
import io.orchestrator.api.model.scheduling.PriorityClass;
import io.orchestrator.api.model.scheduling.PriorityClassBuilder;
import io.orchestrator.core.client.SharedInformers;
import io.orchestrator.core.control.EventRecorder;
import io.orchestrator.core.control.pods.PodFacts;
import io.orchestrator.core.schedule.Scheduler;
import io.orchestrator.core.schedule.SchedulerSettings;
import io.orchestrator.core.schedule.plugin.KubernetesPlugins;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A simulated cluster with real schedulers, one or several on one store, and nodes that take what fits and refuse the rest. */
final class SchedulingCluster implements AutoCloseable {
    static final long MILLI_CPU = 1000;

    final Simulation sim;
    final List<SimulatedComponent> schedulers = new ArrayList<>();

    /** Where each pod was bound, by uid: for good. */
    private final Map<String, String> bound = new HashMap<>();

    /** Every binding, in the order and at the moment in which it was made. */
    final List<String> history = new ArrayList<>();

    SchedulingCluster(Simulation sim, int nodes, int schedulers) {
        this.sim = sim;
        sim.invariant(
                "a pod is bound once",
                Pod.TYPE,
                client -> look(client.pods().inAnyNamespace().list().items()));
        sim.client().create(priorityClass());
        for (int i = 1; i <= nodes; i++) {
            addNode("node-" + i);
        }
        sim.component("nodes", site -> new NodeStub(site, MILLI_CPU));
        for (int i = 1; i <= schedulers; i++) {
            this.schedulers.add(sim.component("scheduler-" + i, SchedulingCluster::scheduler));
        }
    }

    private static PriorityClass priorityClass() {
        return PriorityClassBuilder.builder()
                .metadata(ObjectMetaBuilder.builder().name("high").build())
                .value(1000)
                .build();
    }

    /** With these controllers beside. */
    SchedulingCluster with(List<ControllerSpec> controllers) {
        sim.component("controllers", site -> new Controllers(site, controllers));
        return this;
    }

    /** The only one. */
    SimulatedComponent scheduler() {
        return schedulers.get(0);
    }

    void addNode(String name) {
        addNode(name, MILLI_CPU);
    }

    /** @param milliCpu what the node says it has; its agent finds {@link #MILLI_CPU} */
    void addNode(String name, long milliCpu) {
        Node node = sim.client()
                .create(NodeBuilder.builder()
                        .metadata(ObjectMetaBuilder.builder()
                                .name(name)
                                .labels(Map.of("kubernetes.io/hostname", name))
                                .build())
                        .build());
        Map<String, Quantity> room = Map.of(
                "cpu", Quantity.parse(milliCpu + "m"), "memory", Quantity.parse("8Gi"), "pods", Quantity.of(110));
        sim.client()
                .nodes()
                .updateStatus(node.withStatus(NodeStatusBuilder.builder(node.status())
                        .capacity(room)
                        .allocatable(room)
                        .build()));
    }

    Pod create(String name, int milliCpu, String priorityClass) {
        Pod pod = Pod.named(name)
                .container("main", "app:1", container -> container.cpu(milliCpu + "m"))
                .build();
        return sim.client().create(pod.withSpec(pod.spec().withPriorityClassName(priorityClass)));
    }

    List<Pod> pods() {
        return sim.client().pods().list().items();
    }

    /** What became of the pods, wherever. */
    String phases() {
        Map<String, String> phases = new TreeMap<>();
        pods().forEach(pod -> phases.put(pod.metadata().name(), pod.status().phase()));
        return phases.toString();
    }

    /** Fails when the pods that have not ended ask more of a node than it has. */
    void noNodeIsOvercommitted() {
        Map<String, Long> load = new HashMap<>();
        for (Pod pod : pods()) {
            if (!pod.spec().nodeName().isEmpty() && !PodFacts.hasEnded(pod)) {
                load.merge(pod.spec().nodeName(), NodeStub.milliCpu(pod), Long::sum);
            }
        }
        assertThat(load.values()).as("seed %s: %s", sim.seed(), load).allMatch(sum -> sum <= MILLI_CPU);
    }

    long running() {
        return pods().stream()
                .filter(pod -> pod.status().phase().equals(PodPhase.RUNNING))
                .count();
    }

    private void look(List<Pod> pods) {
        for (Pod pod : pods) {
            String node = pod.spec().nodeName();
            if (node.isEmpty()) {
                assertThat(bound)
                        .as("no binding is taken back")
                        .doesNotContainKey(pod.metadata().uid());
                continue;
            }
            String before = bound.putIfAbsent(pod.metadata().uid(), node);
            assertThat(before).as(pod.metadata().name()).isIn(null, node);
            if (before == null) {
                history.add(sim.time().elapsed() + " " + pod.metadata().name() + " " + node);
            }
        }
    }

    private static AutoCloseable scheduler(Site site) {
        SharedInformers informers = new SharedInformers(site.transport(), site.environment());
        EventRecorder events = new EventRecorder(site.client(), "default-scheduler", site.environment());
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

    @Override
    public void close() throws Exception {
        sim.close();
    }
}
