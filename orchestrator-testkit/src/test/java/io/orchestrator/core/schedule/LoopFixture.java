package io.orchestrator.core.schedule;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.control.Events;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.model.core.ContainerBuilder;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.NodeBuilder;
import io.orchestrator.api.model.core.NodeStatusBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodBuilder;
import io.orchestrator.api.model.core.PodSpecBuilder;
import io.orchestrator.api.model.core.ResourceRequirementsBuilder;
import io.orchestrator.core.schedule.framework.Profile;
import io.orchestrator.testkit.simulation.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A scheduler's loop in virtual time before a server that knows pods; the test decides what the scheduler sees, and when. */
final class LoopFixture {
    final VirtualTime time = VirtualTime.inOrder();
    final ScriptedPods server = new ScriptedPods();
    final List<String> events = new ArrayList<>();
    final SchedulingLoop loop;

    LoopFixture(Profile... profiles) {
        this(SchedulerSettings.of(profiles));
    }

    LoopFixture(SchedulerSettings settings) {
        loop = new SchedulingLoop(new Client(server), recording(events), time.environment(new Random(1)), settings);
        loop.begin();
    }

    private static Events recording(List<String> events) {
        return new Events() {
            @Override
            public void normal(Resource about, String reason, String message) {
                events.add(about.metadata().name() + " " + reason + ": " + message);
            }

            @Override
            public void warning(Resource about, String reason, String message) {
                events.add(about.metadata().name() + " " + reason + ": " + message);
            }
        };
    }

    void node(String name, String cpu, Map<String, String> labels) {
        Node node = NodeBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .name(name)
                        .uid(name)
                        .labels(labels)
                        .build())
                .status(NodeStatusBuilder.builder()
                        .allocatable(Map.of(
                                "cpu", Quantity.parse(cpu), "memory", Quantity.parse("8Gi"), "pods", Quantity.of(110)))
                        .build())
                .build();
        loop.nodeChanged(null, node);
    }

    static Pod pod(String name, String cpu, int priority) {
        return PodBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .namespace("default")
                        .name(name)
                        .uid("uid-" + name)
                        .labels(Map.of("app", "web"))
                        .build())
                .spec(PodSpecBuilder.builder()
                        .schedulerName("default-scheduler")
                        .priority(priority)
                        .containers(List.of(ContainerBuilder.builder()
                                .name("main")
                                .resources(ResourceRequirementsBuilder.builder()
                                        .requests(Map.of("cpu", Quantity.parse(cpu)))
                                        .build())
                                .build()))
                        .build())
                .build();
    }

    void created(Pod pod) {
        server.put(pod);
        loop.podChanged(null, pod);
    }

    /** The scheduler sees the pod as the server has it. */
    void seen(String name) {
        loop.podChanged(null, server.pods.get(name));
    }

    /** Created, bound, and seen so. */
    void runs(Pod pod) {
        created(pod);
        settle();
        seen(pod.metadata().name());
        settle();
    }

    void gone(String name) {
        Pod pod = server.pods.remove(name);
        loop.podChanged(pod, null);
        settle();
    }

    <T extends Resource> void object(ResourceType<T> type, T object) {
        loop.objectChanged(type, null, object);
        settle();
    }

    void settle() {
        time.advance(Duration.ZERO);
    }
}
