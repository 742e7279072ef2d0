package io.orchestrator.testkit.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.model.core.NodeStatusBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodPhase;
import io.orchestrator.spi.runtime.ContainerState.Phase;
import io.orchestrator.spi.runtime.RuntimeFailure;
import io.orchestrator.testkit.runtime.Behaviour;
import io.orchestrator.testkit.runtime.RuntimeCall;
import io.orchestrator.testkit.runtime.RuntimeCall.Verb;
import io.orchestrator.testkit.runtime.RuntimeFault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The agent's rows of what is known to break. */
class AgentFaultSimTest {
    @TempDir
    Path directory;

    private AgentFixture sim;

    @BeforeEach
    void start() {
        sim = new AgentFixture(directory);
    }

    @AfterEach
    void stop() {
        sim.close();
    }

    @Test
    void oneHangingContainerDelaysNoOtherPod() throws Exception {
        Pod stuck = sim.run(Pod.named("stuck").container("web", "nginx:1.27"));
        Predicate<RuntimeCall> its =
                call -> call.subject().startsWith(stuck.metadata().uid());
        try (AutoCloseable fault = sim.engine.when(its, new RuntimeFault.Hang())) {
            assertThat(fault).isNotNull();
            for (int i = 0; i < 10; i++) {
                sim.run(Pod.named("web-" + i).container("web", "nginx:1.27"));
            }
            sim.seconds(3);

            for (int i = 0; i < 10; i++) {
                assertThat(sim.pod("web-" + i).isReady()).isTrue();
            }
            sim.client.pods().delete("web-3");
            sim.seconds(2);
            assertThat(sim.client.pods().find("web-3")).isEmpty();
            assertThat(sim.pod("stuck").status().phase()).isEqualTo(PodPhase.PENDING);
        }
        sim.advance(Duration.ofMinutes(5));
        assertThat(sim.pod("stuck").isReady()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = Verb.class,
            names = {"CREATE_SANDBOX", "CREATE_CONTAINER", "START_CONTAINER"})
    void whatTimedOutButSucceededIsAdopted(Verb verb) throws Exception {
        try (AutoCloseable fault = sim.engine.when(call -> call.verb() == verb, new RuntimeFault.LoseAnswer())) {
            assertThat(fault).isNotNull();
            sim.run(Pod.named("web").container("web", "nginx:1.27"));
            sim.seconds(3);
        }
        sim.seconds(60);

        assertThat(sim.pod("web").isReady()).isTrue();
        assertThat(sim.engine.sandboxes()).hasSize(1);
        assertThat(sim.engine.containers()).hasSize(1);
        assertThat(sim.engine.starts("web")).hasSize(1);
        assertThat(sim.status("web", "web").restartCount()).isZero();
    }

    @Test
    void anAgentKilledAtAnyMomentLeavesExactlyOneContainer() {
        sim.engine.container("web", Behaviour.runs().startsIn(Duration.ofMillis(30)));
        for (int i = 0; i < 20; i++) {
            sim.run(Pod.named("web-" + i).container("web", "nginx:1.27"));
            sim.advance(Duration.ofMillis(3L * i));
            sim.restartAgent();
        }
        sim.seconds(60);

        assertThat(sim.engine.starts("web")).hasSize(20);
        assertThat(sim.engine.containers()).hasSize(20).allMatch(container -> container.phase() == Phase.RUNNING);
        for (int i = 0; i < 20; i++) {
            assertThat(sim.pod("web-" + i).isReady()).isTrue();
        }
    }

    @Test
    void anEngineThatGoesAwayMakesTheNodeUnreadyAndNothingIsLost() throws Exception {
        sim.run(Pod.named("web").container("web", "nginx:1.27"));
        sim.seconds(3);
        try (AutoCloseable fault = sim.engine.away()) {
            assertThat(fault).isNotNull();
            sim.advance(Duration.ofMinutes(5));
            assertThat(readiness()).isEqualTo("False");
        }
        sim.seconds(60);

        assertThat(readiness()).isEqualTo("True");
        assertThat(sim.engine.starts("web")).hasSize(1);
        assertThat(sim.pod("web").isReady()).isTrue();
    }

    @Test
    void aNodeIntoWhichOthersWriteAtThatMomentIsReportedAtOnceAllTheSame() {
        sim.stopAgent();
        sim.client
                .nodes()
                .updateStatus(sim.client
                        .nodes()
                        .get(AgentFixture.NODE)
                        .withStatus(NodeStatusBuilder.builder().build()));
        AtomicInteger left = new AtomicInteger(4);
        sim.beforeNodeStatus = () -> {
            if (left.getAndDecrement() > 0) {
                sim.client
                        .nodes()
                        .edit(
                                AgentFixture.NODE,
                                node -> node.withMetadata(ObjectMetaBuilder.builder(node.metadata())
                                        .labels(Map.of("changes", String.valueOf(left.get())))
                                        .build()));
            }
        };

        sim.restartAgent();

        assertThat(left).hasNonPositiveValue();
        assertThat(readiness()).isEqualTo("True");
    }

    @Test
    void aStopThatFailsIsTriedAgainUntilNothingIsLeft() throws Exception {
        sim.run(Pod.named("web").container("web", "nginx:1.27"));
        sim.seconds(3);
        RuntimeFault fails = new RuntimeFault.Fail(RuntimeFailure.Kind.UNAVAILABLE, "busy");
        try (AutoCloseable fault = sim.engine.when(
                call -> call.verb() == Verb.STOP_CONTAINER || call.verb() == Verb.REMOVE_SANDBOX, fails)) {
            assertThat(fault).isNotNull();
            sim.client.pods().delete("web");
            sim.seconds(60);
            assertThat(sim.client.pods().find("web")).isPresent();
        }
        sim.seconds(20);

        assertThat(sim.client.pods().find("web")).isEmpty();
        assertThat(sim.engine.sandboxes()).isEmpty();
    }

    /** Found by seed 22 of the cluster lives: a machine came back, and with it a pod that ran elsewhere by then. */
    @Test
    void aPodThatWentWhileTheMachineWasAwayIsNotBegunAgain() {
        sim.run(Pod.named("web").container("web", "nginx:1.27"));
        sim.seconds(3);
        sim.stopAgent();
        sim.engine.killSandboxes(sandbox -> true);
        sim.client.pods().delete("web", DeleteOptions.defaults().grace(0));
        List<String> begun = new ArrayList<>();
        sim.engine.when(
                call -> {
                    if (call.verb() == Verb.CREATE_SANDBOX) {
                        begun.add(call.subject());
                    }
                    return false;
                },
                new RuntimeFault.Hang());

        sim.restartAgent();
        sim.seconds(60);

        assertThat(begun).isEmpty();
        assertThat(sim.engine.sandboxes()).isEmpty();
    }

    @Test
    void anotherNodesPodsAreNotTouched() {
        Pod other = sim.client.create(Pod.named("other")
                .container("web", "nginx:1.27")
                .nodeName("node-2")
                .build());
        sim.seconds(30);

        assertThat(sim.engine.sandboxes()).isEmpty();
        assertThat(sim.pod("other").metadata().resourceVersion())
                .isEqualTo(other.metadata().resourceVersion());
    }

    private String readiness() {
        return sim.client
                .nodes()
                .get(AgentFixture.NODE)
                .status()
                .condition("Ready")
                .orElseThrow()
                .status();
    }
}
