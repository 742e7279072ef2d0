package io.orchestrator.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.control.Events;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.model.core.ContainerBuilder;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.NodeBuilder;
import io.orchestrator.api.model.core.NodeStatusBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodBuilder;
import io.orchestrator.api.model.core.PodCondition;
import io.orchestrator.api.model.core.PodSchedulingGate;
import io.orchestrator.api.model.core.PodSpecBuilder;
import io.orchestrator.api.model.core.ResourceRequirementsBuilder;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.schedule.framework.PodView;
import io.orchestrator.core.schedule.plugin.KubernetesPlugins;
import io.orchestrator.testkit.simulation.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class SchedulingLoopTest {
    private static final String NO_ROOM = "0/1 nodes are available: 1 Insufficient cpu. "
            + "preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.";

    private final VirtualTime time = VirtualTime.inOrder();
    private final ScriptedPods server = new ScriptedPods();
    private final List<String> events = new ArrayList<>();
    private final SchedulingLoop loop = new SchedulingLoop(
            new Client(server),
            recording(events),
            time.environment(new Random(1)),
            SchedulerSettings.of(KubernetesPlugins.defaultProfile()));

    SchedulingLoopTest() {
        loop.begin();
    }

    private static Events recording(List<String> events) {
        return new Events() {
            @Override
            public void normal(Resource about, String reason, String message) {
                events.add(reason + ": " + message);
            }

            @Override
            public void warning(Resource about, String reason, String message) {
                events.add(reason + ": " + message);
            }
        };
    }

    private static Node node(String name, String cpu) {
        return NodeBuilder.builder()
                .metadata(ObjectMetaBuilder.builder().name(name).uid(name).build())
                .status(NodeStatusBuilder.builder()
                        .allocatable(Map.of(
                                "cpu", Quantity.parse(cpu), "memory", Quantity.parse("8Gi"), "pods", Quantity.of(110)))
                        .build())
                .build();
    }

    private static Pod pod(String name, String cpu) {
        return PodBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .namespace("default")
                        .name(name)
                        .uid("uid-" + name)
                        .build())
                .spec(PodSpecBuilder.builder()
                        .schedulerName("default-scheduler")
                        .containers(List.of(ContainerBuilder.builder()
                                .name("main")
                                .resources(ResourceRequirementsBuilder.builder()
                                        .requests(Map.of("cpu", Quantity.parse(cpu)))
                                        .build())
                                .build()))
                        .build())
                .build();
    }

    private void created(Pod pod) {
        server.put(pod);
        loop.podChanged(null, pod);
    }

    /** The scheduler sees the pod as the server has it. */
    private void seen(String name) {
        loop.podChanged(null, server.pods.get(name));
    }

    private void deleted(String name) {
        Pod pod = server.pods.remove(name);
        loop.podChanged(pod, null);
    }

    private void settle() {
        time.advance(Duration.ZERO);
    }

    private PodCondition condition(String pod) {
        return server.pods.get(pod).status().conditions().get(0);
    }

    @Test
    void aPodIsBoundAndAnEventSaysWhere() {
        loop.nodeChanged(null, node("node-1", "4"));
        created(pod("web", "1"));
        settle();
        assertThat(server.bindings).containsExactly("web on node-1");
        assertThat(events).containsExactly("Scheduled: Successfully assigned default/web to node-1");
    }

    @Test
    void aPodThatFitsNowhereSaysWhyOnceAndIsBoundWhenANodeComes() {
        loop.nodeChanged(null, node("node-1", "1"));
        created(pod("web", "2"));
        time.advance(Duration.ofSeconds(30));
        assertThat(events).containsExactly("FailedScheduling: " + NO_ROOM);
        assertThat(condition("web").type()).isEqualTo("PodScheduled");
        assertThat(condition("web").status()).isEqualTo("False");
        assertThat(condition("web").reason()).isEqualTo("Unschedulable");
        assertThat(condition("web").message()).isEqualTo(NO_ROOM);
        loop.nodeChanged(null, node("node-2", "4"));
        settle();
        assertThat(server.bindings).containsExactly("web on node-2");
    }

    @Test
    void aChangeThatCannotHelpTriesNothing() {
        Node small = node("node-1", "1");
        loop.nodeChanged(null, small);
        created(pod("web", "2"));
        time.advance(Duration.ofSeconds(30));
        Node labelled = small.withMetadata(small.metadata().withLabels(Map.of("a", "b")));
        loop.nodeChanged(small, labelled);
        loop.nodeChanged(null, node("node-2", "1"));
        time.advance(Duration.ofSeconds(30));
        assertThat(events).hasSize(1);
        assertThat(server.statusWrites).isEqualTo(1);
    }

    @Test
    void aPodThatStaysUnschedulableIsTriedEveryFiveMinutesAndWritesItsConditionOnce() {
        loop.nodeChanged(null, node("node-1", "1"));
        created(pod("web", "2"));
        time.advance(Duration.ofSeconds(10));
        seen("web");
        time.advance(Duration.ofMinutes(21));
        assertThat(events).hasSize(5);
        assertThat(server.statusWrites).isEqualTo(1);
    }

    @Test
    void roomOfAPodThatEndsGoesToOneThatWaits() {
        loop.nodeChanged(null, node("node-1", "2"));
        created(pod("first", "2"));
        settle();
        seen("first");
        created(pod("second", "2"));
        time.advance(Duration.ofSeconds(30));
        assertThat(server.bindings).containsExactly("first on node-1");
        Pod first = server.pods.get("first");
        loop.podChanged(first, first.withStatus(first.status().withPhase("Succeeded")));
        settle();
        assertThat(server.bindings).containsExactly("first on node-1", "second on node-1");
    }

    @Test
    void roomIsTakenBeforeTheInformerShowsTheBinding() {
        loop.nodeChanged(null, node("node-1", "2"));
        created(pod("first", "2"));
        created(pod("second", "2"));
        time.advance(Duration.ofSeconds(20));
        assertThat(server.bindings).hasSize(1);
    }

    @Test
    void aLostAnswerIsResolvedByReading() {
        server.faults.add(ScriptedPods.Fault.LOST_ANSWER);
        loop.nodeChanged(null, node("node-1", "2"));
        created(pod("web", "1"));
        settle();
        assertThat(server.bindings).containsExactly("web on node-1");
        assertThat(events).containsExactly("Scheduled: Successfully assigned default/web to node-1");
    }

    @Test
    void anOpenBindingKeepsItsRoomAndItsNodeUntilItIsSettled() {
        server.faults.add(ScriptedPods.Fault.LOST_REQUEST);
        server.faults.add(ScriptedPods.Fault.LOST_REQUEST);
        loop.nodeChanged(null, node("node-1", "2"));
        created(pod("first", "2"));
        settle();
        created(pod("second", "2"));
        loop.nodeChanged(null, node("node-2", "1"));
        time.advance(Duration.ofMinutes(1));
        assertThat(server.bindings).containsExactly("first on node-1");
        loop.nodeChanged(null, node("node-3", "2"));
        settle();
        assertThat(server.bindings).containsExactly("first on node-1", "second on node-3");
    }

    @Test
    void aRefusedBindingLeavesNoTraceAndIsTriedAgain() {
        server.faults.add(ScriptedPods.Fault.REFUSED);
        loop.nodeChanged(null, node("node-1", "2"));
        created(pod("first", "2"));
        settle();
        assertThat(events).containsExactly("FailedScheduling: binding rejected: not you");
        created(pod("second", "2"));
        settle();
        assertThat(server.bindings).containsExactly("second on node-1");
        seen("second");
        deleted("second");
        time.advance(Duration.ofSeconds(2));
        assertThat(server.bindings).containsExactly("second on node-1", "first on node-1");
    }

    @Test
    void aPodBoundBySomebodyElseIsLeftWhereItIs() {
        loop.nodeChanged(null, node("node-1", "2"));
        Pod pod = pod("web", "1");
        loop.podChanged(null, pod);
        server.put(pod.withSpec(pod.spec().withNodeName("elsewhere")));
        settle();
        assertThat(server.bindings).isEmpty();
        created(pod("other", "2"));
        settle();
        assertThat(server.bindings).containsExactly("other on node-1");
    }

    @Test
    void aPodOfTheSameNameIsNotBoundInPlaceOfTheOneThatWasPlanned() {
        loop.nodeChanged(null, node("node-1", "2"));
        loop.podChanged(null, pod("web", "1"));
        Pod successor = pod("web", "1");
        server.put(successor.withMetadata(successor.metadata().withUid("another")));
        settle();
        assertThat(server.bindings).isEmpty();
    }

    @Test
    void anOldEventAfterTheBindingBindsNothingTwice() {
        loop.nodeChanged(null, node("node-1", "2"));
        Pod old = pod("web", "1");
        created(old);
        settle();
        loop.podChanged(old, old.withStatus(old.status().withMessage("late")));
        settle();
        assertThat(server.bindings).hasSize(1);
    }

    @Test
    void anAssumedPodThatNeverShowsUpIsReadAndItsRoomFreedWhenItIsGone() {
        loop.nodeChanged(null, node("node-1", "2"));
        created(pod("first", "2"));
        settle();
        server.pods.remove("first");
        created(pod("second", "2"));
        time.advance(Duration.ofSeconds(29));
        assertThat(server.bindings).hasSize(1);
        time.advance(Duration.ofSeconds(5));
        assertThat(server.bindings).containsExactly("first on node-1", "second on node-1");
    }

    @Test
    void podsOfOtherSchedulersAreLeftAloneButTakeRoom() {
        loop.nodeChanged(null, node("node-1", "2"));
        Pod foreign = pod("foreign", "2");
        foreign = foreign.withSpec(foreign.spec().withSchedulerName("other"));
        created(foreign);
        settle();
        assertThat(server.bindings).isEmpty();
        loop.podChanged(foreign, foreign.withSpec(foreign.spec().withNodeName("node-1")));
        created(pod("web", "1"));
        settle();
        assertThat(server.bindings).isEmpty();
    }

    @Test
    void aGatedPodWaitsUntilItsGateIsLifted() {
        loop.nodeChanged(null, node("node-1", "2"));
        Pod pod = pod("web", "1");
        created(pod.withSpec(pod.spec().withSchedulingGates(List.of(new PodSchedulingGate("wait")))));
        time.advance(Duration.ofMinutes(10));
        assertThat(server.bindings).isEmpty();
        assertThat(events).isEmpty();
        created(pod);
        settle();
        assertThat(server.bindings).containsExactly("web on node-1");
    }

    @Test
    void atRestNothingIsWaitedFor() {
        loop.nodeChanged(null, node("node-1", "2"));
        created(pod("web", "1"));
        settle();
        seen("web");
        time.advance(Duration.ofMinutes(10));
        assertThat(time.step()).isFalse();
    }

    @Test
    void afterCloseNothingIsPlaced() {
        loop.nodeChanged(null, node("node-1", "1"));
        created(pod("big", "2"));
        settle();
        loop.close();
        created(pod("web", "1"));
        loop.nodeChanged(null, node("node-2", "4"));
        settle();
        assertThat(server.bindings).isEmpty();
        assertThat(time.step()).isFalse();
    }

    @Test
    void whateverAnswersAreLostNoNodeIsEverOvercommitted() {
        for (long seed = 0; seed < 200; seed++) {
            VirtualTime interleaved = VirtualTime.interleaved(seed);
            ScriptedPods pods = new ScriptedPods();
            Random random = new Random(seed);
            SchedulingLoop subject = new SchedulingLoop(
                    new Client(pods),
                    recording(new ArrayList<>()),
                    interleaved.environment(random),
                    SchedulerSettings.of(KubernetesPlugins.defaultProfile()));
            subject.begin();
            for (int i = 0; i < 3; i++) {
                subject.nodeChanged(null, node("node-" + i, "4"));
            }
            for (int i = 0; i < 30; i++) {
                if (random.nextBoolean()) {
                    ScriptedPods.Fault[] faults = ScriptedPods.Fault.values();
                    pods.faults.add(faults[random.nextInt(faults.length)]);
                }
                Pod pod = pod("p" + i, 1 + random.nextInt(2) + "");
                pods.put(pod);
                subject.podChanged(null, pod);
                interleaved.advance(Duration.ofMillis(random.nextInt(3000)));
                Pod shown = pods.pods.get("p" + random.nextInt(i + 1));
                subject.podChanged(null, shown);
                for (int n = 0; n < 3; n++) {
                    String node = "node-" + n;
                    long cpus = pods.pods.values().stream()
                            .filter(each -> each.spec().nodeName().equals(node))
                            .mapToLong(each -> PodView.of(each).requests().milliCpu())
                            .sum();
                    assertThat(cpus).as("seed %d", seed).isLessThanOrEqualTo(4000);
                }
            }
            interleaved.advance(Duration.ofMinutes(20));
            long bound = pods.pods.values().stream()
                    .filter(each -> !each.spec().nodeName().isEmpty())
                    .mapToLong(each -> PodView.of(each).requests().milliCpu())
                    .sum();
            assertThat(bound).as("seed %d fills the nodes", seed).isGreaterThan(10_000);
        }
    }

    @Test
    void whatIsToldAfterTheCloseNeedsNoThread() {
        Environment threads = time.environment(new Random(1));
        AtomicBoolean gone = new AtomicBoolean();
        Executor mortal = task -> {
            if (gone.get()) {
                throw new RejectedExecutionException("the threads are gone");
            }
            threads.executor().execute(task);
        };
        SchedulingLoop subject = new SchedulingLoop(
                new Client(server),
                recording(events),
                new Environment(threads.clock(), threads.nanoTime(), threads.timers(), mortal, threads.random()),
                SchedulerSettings.of(KubernetesPlugins.defaultProfile()));
        subject.begin();
        settle();
        subject.close();
        settle();
        gone.set(true);
        subject.nodeChanged(null, node("late", "4"));
        subject.podChanged(null, pod("late", "1"));
        subject.close();
        assertThat(events).isEmpty();
    }
}
