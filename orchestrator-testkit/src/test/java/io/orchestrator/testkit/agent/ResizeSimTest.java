package io.orchestrator.testkit.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Patch;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.client.Target;
import io.orchestrator.api.client.WriteOptions;
import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.core.ContainerBuilder;
import io.orchestrator.api.model.core.ContainerDraft;
import io.orchestrator.api.model.core.ContainerResizePolicy;
import io.orchestrator.api.model.core.ContainerStatus;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodDraft;
import io.orchestrator.core.schedule.framework.PodView;
import io.orchestrator.spi.runtime.ContainerRuntime;
import io.orchestrator.spi.runtime.ContainerSpec.Resources;
import io.orchestrator.spi.runtime.ContainerState;
import io.orchestrator.spi.runtime.ResizableContainers;
import io.orchestrator.spi.runtime.RuntimeFailure;
import io.orchestrator.spi.runtime.RuntimeOwner;
import io.orchestrator.testkit.runtime.Behaviour;
import io.orchestrator.testkit.runtime.RuntimeCall.Verb;
import io.orchestrator.testkit.runtime.RuntimeFault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What containers may use is changed while they run. */
class ResizeSimTest {
    @TempDir
    Path directory;

    private AgentFixture sim;

    @BeforeEach
    void start() {
        sim = new AgentFixture(directory, config -> config.withCapacity("4", "4Gi", 10));
    }

    @AfterEach
    void stop() {
        sim.close();
    }

    @Test
    void aRunningContainerGetsOtherAmountsAndGoesOn() {
        run("web");

        resize("web", "requests", "cpu", "1500m");
        assertThat(sim.pod("web").status().resize()).isEqualTo("Proposed");
        resize("web", "limits", "memory", "200Mi");
        sim.seconds(3);

        assertThat(inForce("web").cpuShares()).isEqualTo(1536);
        assertThat(inForce("web").memoryLimitBytes()).isEqualTo(200L << 20);
        ContainerStatus status = sim.status("web", "web");
        assertThat(status.restartCount()).isZero();
        assertThat(status.allocatedResources()).containsEntry("cpu", Quantity.parse("1500m"));
        assertThat(Objects.requireNonNull(status.resources()).limits())
                .containsEntry("memory", Quantity.parse("200Mi"));
        assertThat(sim.pod("web").status().resize()).isEmpty();
        assertThat(sim.eventReasons("web")).contains("ResizeCompleted").doesNotContain("Killing");
    }

    @Test
    void aContainerWhosePolicySaysSoBeginsAnewWithWhatItWasGivenAndWithoutARest() {
        runRestartingFor("memory");

        for (int i = 1; i <= 4; i++) {
            resize("web", "limits", "memory", (150 + i) + "Mi");
            sim.seconds(5);

            assertThat(sim.status("web", "web").restartCount()).isEqualTo(i);
            assertThat(sim.status("web", "web").state().running()).isNotNull();
            assertThat(inForce("web").memoryLimitBytes()).isEqualTo((150L + i) << 20);
        }
        resize("web", "requests", "cpu", "200m");
        sim.seconds(3);
        assertThat(sim.status("web", "web").restartCount()).isEqualTo(4);
        assertThat(inForce("web").cpuShares()).isEqualTo(204);
        assertThat(sim.pod("web").status().phase()).isEqualTo("Running");
    }

    @Test
    void whatTheNodeWillNeverHaveIsRefusedAndDoesNotCount() {
        run("web");

        resize("web", "requests", "cpu", "5");
        sim.seconds(3);

        Pod pod = sim.pod("web");
        assertThat(pod.status().resize()).isEqualTo("Infeasible");
        assertThat(inForce("web").cpuShares()).isEqualTo(102);
        assertThat(sim.status("web", "web").allocatedResources()).containsEntry("cpu", Quantity.parse("100m"));
        assertThat(sim.eventReasons("web")).contains("ResizeInfeasible");
        assertThat(PodView.of(pod).requests().milliCpu()).isEqualTo(100);

        resize("web", "requests", "cpu", "100m");
        sim.seconds(3);
        assertThat(sim.pod("web").status().resize()).isEmpty();
    }

    @Test
    void whatOthersHaveIsWaitedForAlsoByAnAgentThatRestarts() {
        run("web");
        run("other");
        resize("other", "requests", "cpu", "3500m");
        sim.seconds(3);

        resize("web", "requests", "cpu", "2");
        sim.seconds(3);
        assertThat(sim.pod("web").status().resize()).isEqualTo("Deferred");
        assertThat(PodView.of(sim.pod("web")).requests().milliCpu()).isEqualTo(2000);

        sim.restartAgent();
        sim.seconds(3);
        assertThat(sim.pod("web").status().resize()).isEqualTo("Deferred");
        assertThat(sim.status("web", "web").allocatedResources()).containsEntry("cpu", Quantity.parse("100m"));
        assertThat(inForce("web").cpuShares()).isEqualTo(102);

        resize("other", "requests", "cpu", "1");
        sim.seconds(3);
        assertThat(sim.pod("web").status().resize()).isEmpty();
        assertThat(inForce("web").cpuShares()).isEqualTo(2048);
    }

    @Test
    void aContainerThatIsStartedAgainWhileItsResizeWaitsHasWhatItHad() {
        run("web");
        resize("web", "requests", "cpu", "5");
        sim.seconds(3);

        sim.engine.kill(container -> container.name().equals("web"), 1);
        sim.seconds(3);

        assertThat(sim.status("web", "web").restartCount()).isEqualTo(1);
        assertThat(inForce("web").cpuShares()).isEqualTo(102);
    }

    @Test
    void anEngineThatFailsIsAskedAgainAndTheStatusSaysThatItIsUnderWay() throws Exception {
        run("web");
        try (AutoCloseable busy = sim.engine.when(
                call -> call.verb() == Verb.RESIZE_CONTAINER,
                new RuntimeFault.Fail(RuntimeFailure.Kind.UNAVAILABLE, "busy"))) {
            resize("web", "requests", "cpu", "1");
            sim.seconds(10);
            assertThat(sim.pod("web").status().resize()).isEqualTo("InProgress");
            assertThat(PodView.of(sim.pod("web")).requests().milliCpu()).isEqualTo(1000);
            assertThat(sim.eventReasons("web")).contains("ResizeError");
        }
        sim.seconds(40);
        assertThat(sim.pod("web").status().resize()).isEmpty();
        assertThat(inForce("web").cpuShares()).isEqualTo(1024);
    }

    @Test
    void anEngineThatReportsOtherAmountsThanItTookIsAskedOnceForEachResize() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        sim.engine.reporting(ResizeSimTest::withoutProcessor);
        try (AutoCloseable count = countResizes(asked)) {
            run("web");
            sim.seconds(60);
            assertThat(asked).hasValue(0);
            assertThat(sim.pod("web").status().resize()).isEmpty();

            resize("web", "requests", "cpu", "1");
            sim.seconds(60);
            assertThat(asked).hasValue(1);
            assertThat(inForce("web").cpuShares()).isEqualTo(1024);
            assertThat(sim.pod("web").status().resize()).isEmpty();
            assertThat(Objects.requireNonNull(sim.status("web", "web").resources())
                            .requests())
                    .doesNotContainKey("cpu");

            sim.restartAgent();
            sim.seconds(60);
            assertThat(asked).hasValue(1);
        }
    }

    @Test
    void nothingIsRestartedForWhatAnEngineReportsOtherwiseThanItTookIt() {
        sim.engine.reporting(ResizeSimTest::withoutProcessor);
        runRestartingFor("cpu");
        sim.seconds(60);
        sim.restartAgent();
        sim.seconds(60);
        assertThat(sim.status("web", "web").restartCount()).isZero();

        resize("web", "requests", "cpu", "1");
        sim.seconds(60);
        assertThat(sim.status("web", "web").restartCount()).isEqualTo(1);
        assertThat(inForce("web").cpuShares()).isEqualTo(1024);
        assertThat(sim.pod("web").status().resize()).isEmpty();
    }

    @Test
    void whatSomebodyElseChangesInTheEngineIsChangedBack() throws Exception {
        run("web");
        sim.seconds(60);
        AtomicInteger asked = new AtomicInteger();
        changeInTheEngine("web", new Resources(512, 0, 50L << 20, 0));
        try (AutoCloseable count = countResizes(asked)) {
            sim.seconds(60);
        }
        assertThat(asked).hasValue(1);
        assertThat(inForce("web").cpuShares()).isEqualTo(102);
        assertThat(inForce("web").memoryLimitBytes()).isEqualTo(150L << 20);
        assertThat(sim.status("web", "web").restartCount()).isZero();
        assertThat(sim.pod("web").status().resize()).isEmpty();
    }

    @Test
    void whatSomebodyElseChangedWhileNoAgentWasThereIsChangedBackByTheNext() throws Exception {
        run("web");
        sim.seconds(60);
        sim.stopAgent();
        changeInTheEngine("web", new Resources(512, 0, 50L << 20, 0));
        AtomicInteger asked = new AtomicInteger();
        try (AutoCloseable count = countResizes(asked)) {
            sim.restartAgent();
            sim.seconds(60);
        }
        assertThat(asked).hasValue(1);
        assertThat(inForce("web").cpuShares()).isEqualTo(102);
        assertThat(inForce("web").memoryLimitBytes()).isEqualTo(150L << 20);
        assertThat(sim.status("web", "web").restartCount()).isZero();
    }

    @Test
    void anEngineThatComesToReportSomethingElseForGoodIsAskedOnce() throws Exception {
        run("web");
        sim.seconds(60);
        AtomicInteger asked = new AtomicInteger();
        try (AutoCloseable count = countResizes(asked)) {
            sim.engine.reporting(ResizeSimTest::withoutProcessor);
            sim.seconds(60);
            assertThat(asked).hasValue(1);
            sim.restartAgent();
            sim.seconds(60);
            assertThat(asked).hasValue(1);
        }
    }

    @Test
    void whatWasTakenBackAfterAnEngineDidNotAnswerIsTakenBackThereToo() throws Exception {
        run("web");
        try (AutoCloseable lost =
                sim.engine.when(call -> call.verb() == Verb.RESIZE_CONTAINER, new RuntimeFault.LoseAnswer())) {
            resize("web", "requests", "cpu", "1");
            sim.seconds(1);
            assertThat(inForce("web").cpuShares()).isEqualTo(1024);
        }
        resize("web", "requests", "cpu", "100m");
        sim.seconds(40);
        assertThat(inForce("web").cpuShares()).isEqualTo(102);
        assertThat(sim.pod("web").status().resize()).isEmpty();
    }

    @Test
    void aContainerThatEndedForAResizeBeginsAnewUnderTheNextAgentToo() throws Exception {
        sim.engine.container("web", Behaviour.runs().endsOnTerm(Duration.ofSeconds(5), 0));
        runRestartingFor("memory");

        resize("web", "limits", "memory", "200Mi");
        sim.seconds(2);
        assertThat(sim.eventReasons("web")).contains("Killing");
        sim.stopAgent();
        sim.seconds(10);
        sim.restartAgent();
        sim.seconds(5);
        assertThat(sim.pod("web").status().phase()).isEqualTo("Running");
        assertThat(sim.status("web", "web").restartCount()).isEqualTo(1);

        try (AutoCloseable busy = sim.engine.when(
                call -> call.verb() == Verb.CREATE_CONTAINER,
                new RuntimeFault.Fail(RuntimeFailure.Kind.UNAVAILABLE, "busy"))) {
            resize("web", "limits", "memory", "300Mi");
            sim.seconds(10);
            assertThat(sim.pod("web").status().resize()).isEqualTo("InProgress");
            sim.restartAgent();
            sim.seconds(1);
        }
        sim.seconds(60);
        assertThat(sim.pod("web").status().phase()).isEqualTo("Running");
        assertThat(sim.status("web", "web").restartCount()).isEqualTo(2);
        assertThat(inForce("web").memoryLimitBytes()).isEqualTo(300L << 20);
        assertThat(sim.pod("web").status().resize()).isEmpty();
    }

    @Test
    void aContainerThatHadNoAmountsGetsSome() {
        Pod pod = draft("web")
                .container("helper", "nginx:1.27", helper -> helper)
                .nodeName(AgentFixture.NODE)
                .build();
        sim.client.create(pod);
        sim.seconds(3);

        sim.client
                .transport()
                .patch(
                        new Target<>(Pod.TYPE, "default", "web", "resize"),
                        patch("helper", "requests", "cpu", "1"),
                        Pod.class,
                        WriteOptions.defaults());
        sim.seconds(3);
        assertThat(inForce("helper").cpuShares()).isEqualTo(1024);
        assertThat(sim.status("web", "helper").restartCount()).isZero();
        assertThat(sim.status("web", "helper").allocatedResources()).containsEntry("cpu", Quantity.parse("1"));
    }

    @Test
    void nothingIsWrittenWhenItIsDone() {
        run("web");
        resize("web", "requests", "cpu", "1");
        sim.seconds(5);
        String version = sim.pod("web").metadata().resourceVersion();
        sim.seconds(600);
        assertThat(sim.pod("web").metadata().resourceVersion()).isEqualTo(version);
    }

    @Test
    void whatCannotChangeIsRefusedByField() {
        run("web");
        assertThat(refused(() -> resize("web", "requests", "ephemeral-storage", "1Gi")))
                .contains("only cpu and memory resources are mutable");
        assertThat(refused(() -> resize("web", "limits", "cpu", "50m"))).contains("must be less than or equal to cpu");
        assertThat(refused(() -> {
                    resize("web", "limits", "cpu", "100m");
                    resize("web", "limits", "memory", "100Mi");
                }))
                .contains("Pod QOS Class may not change as a result of resizing");
        assertThat(refused(() -> sim.client.pods().patch("web", patch("web", "requests", "cpu", "2"))))
                .contains("pod updates may not change");
    }

    @Test
    void policiesNameWhatCanBeResized() {
        assertThat(refused(() -> create("Never", new ContainerResizePolicy("cpu", "RestartContainer"))))
                .contains("must be 'NotRequired' when `restartPolicy` is 'Never'");
        assertThat(refused(() -> create("Always", new ContainerResizePolicy("storage", "NotRequired"))))
                .contains("spec.containers[0].resizePolicy: Unsupported value: \"storage\"");
        assertThat(refused(() -> create(
                        "Always",
                        new ContainerResizePolicy("cpu", "NotRequired"),
                        new ContainerResizePolicy("cpu", "NotRequired"))))
                .contains("Duplicate value");
    }

    /** As an administrator would, with the engine's own program. */
    private void changeInTheEngine(String container, Resources resources) {
        ContainerState running = sim.engine.containers().stream()
                .filter(state -> state.name().equals(container))
                .findFirst()
                .orElseThrow();
        ContainerRuntime node = sim.engine.forNode(new RuntimeOwner("cluster", AgentFixture.NODE));
        ((ResizableContainers) node).resize(running.id(), resources);
    }

    private AutoCloseable countResizes(AtomicInteger asked) {
        return sim.engine.when(
                call -> {
                    if (call.verb() == Verb.RESIZE_CONTAINER) {
                        asked.incrementAndGet();
                    }
                    return false;
                },
                new RuntimeFault.Hang());
    }

    private static Resources withoutProcessor(Resources taken) {
        return new Resources(0, 0, taken.memoryLimitBytes(), taken.oomScoreAdj());
    }

    private void runRestartingFor(String resource) {
        Pod pod = draft("web")
                .restartPolicy("OnFailure")
                .nodeName(AgentFixture.NODE)
                .build();
        sim.client.create(pod.withSpec(pod.spec()
                .withContainers(
                        List.of(ContainerBuilder.builder(pod.spec().containers().get(0))
                                .resizePolicy(List.of(new ContainerResizePolicy(resource, "RestartContainer")))
                                .build()))));
        sim.seconds(3);
    }

    private void create(String restartPolicy, ContainerResizePolicy... policies) {
        Pod pod = draft("bad").restartPolicy(restartPolicy).build();
        sim.client.create(pod.withSpec(pod.spec()
                .withContainers(
                        List.of(ContainerBuilder.builder(pod.spec().containers().get(0))
                                .resizePolicy(List.of(policies))
                                .build()))));
    }

    private static PodDraft draft(String name) {
        return Pod.named(name).container(name, "nginx:1.27", ResizeSimTest::amounts);
    }

    private static ContainerDraft amounts(ContainerDraft container) {
        return container.request("cpu", "100m").request("memory", "100Mi").limit("memory", "150Mi");
    }

    private void run(String name) {
        sim.run(draft(name));
        sim.seconds(3);
        assertThat(sim.status(name, name).state().running()).isNotNull();
    }

    private Resources inForce(String container) {
        return sim.engine.containers().stream()
                .filter(state -> state.name().equals(container))
                .reduce((before, after) -> after)
                .map(state -> Objects.requireNonNull(state.resources()))
                .orElseThrow();
    }

    private String refused(Runnable call) {
        ApiException refused = catchThrowableOfType(ApiException.class, call::run);
        assertThat(refused.reason()).isEqualTo(Reason.INVALID);
        return refused.getMessage();
    }

    private void resize(String pod, String what, String resource, String amount) {
        sim.client
                .transport()
                .patch(
                        new Target<>(Pod.TYPE, "default", pod, "resize"),
                        patch(pod, what, resource, amount),
                        Pod.class,
                        WriteOptions.defaults());
    }

    private static Patch patch(String container, String what, String resource, String amount) {
        return Patch.strategic("{\"spec\":{\"containers\":[{\"name\":\"" + container + "\",\"resources\":{\"" + what
                + "\":{\"" + resource + "\":\"" + amount + "\"}}}]}}");
    }
}
