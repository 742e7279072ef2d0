package io.orchestrator.testkit.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.orchestrator.spi.runtime.ContainerRuntime;
import io.orchestrator.spi.runtime.ContainerSpec;
import io.orchestrator.spi.runtime.ContainerSpec.Resources;
import io.orchestrator.spi.runtime.ContainerState;
import io.orchestrator.spi.runtime.LogQuery;
import io.orchestrator.spi.runtime.PodIdentity;
import io.orchestrator.spi.runtime.ResizableContainers;
import io.orchestrator.spi.runtime.RuntimeFailure;
import io.orchestrator.spi.runtime.RuntimeInfo.Ability;
import io.orchestrator.spi.runtime.RuntimeOwner;
import io.orchestrator.spi.runtime.RuntimeProvider;
import io.orchestrator.spi.runtime.RuntimeState;
import io.orchestrator.spi.runtime.SandboxState;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/**
 * What every {@link ContainerRuntime} promises. An implementation inherits the class and supplies {@link #open} and
 * {@link #programs}. What needs an ability that the runtime does not declare is skipped by name.
 */
public abstract class ContainerRuntimeContract extends RuntimeStreamsContract {
    private static final Duration GRACE = Duration.ofSeconds(20);

    @Test
    void aSandboxIsListedWithAllThatItWasMadeWith() {
        PodIdentity pod = pod("web");
        SandboxState made = await(runtime.createSandbox(sandbox(pod, 0)));

        RuntimeState state = await(runtime.list());

        assertThat(state.sandboxes()).singleElement().satisfies(sandbox -> {
            assertThat(sandbox.id()).isEqualTo(pod.uid() + "-0");
            assertThat(sandbox.pod()).isEqualTo(pod);
            assertThat(sandbox.attempt()).isZero();
            assertThat(sandbox.ready()).isTrue();
            assertThat(sandbox.addresses()).isEqualTo(made.addresses());
            assertThat(sandbox.labels()).containsEntry("app", "web");
            assertThat(sandbox.annotations()).containsEntry("note/of", "the sandbox");
        });
        if (can(Ability.POD_ADDRESS)) {
            assertThat(made.addresses()).isNotEmpty();
        }
    }

    @Test
    void aContainerIsCreatedThenRunsThenHasEnded() {
        PodIdentity pod = pod("web");
        await(runtime.createSandbox(sandbox(pod, 0)));
        ContainerSpec spec = container(pod, "main", programs.runsForever());

        await(runtime.createContainer(spec));
        assertThat(find(spec.id())).get().satisfies(created -> {
            assertThat(created.phase()).isEqualTo(ContainerState.Phase.CREATED);
            assertThat(created.pod()).isEqualTo(pod);
            assertThat(created.sandboxId()).isEqualTo(spec.sandboxId());
            assertThat(created.name()).isEqualTo("main");
            assertThat(created.attempt()).isZero();
            assertThat(created.image()).isEqualTo(programs.image());
            assertThat(created.startedAt()).isNull();
            assertThat(created.exitCode()).isNull();
            assertThat(created.labels()).containsEntry("app", "web");
            assertThat(created.annotations()).containsEntry("note/of", "the container");
        });

        await(runtime.startContainer(spec.id()));
        assertThat(find(spec.id())).get().satisfies(running -> {
            assertThat(running.phase()).isEqualTo(ContainerState.Phase.RUNNING);
            assertThat(running.startedAt()).isNotNull();
            assertThat(running.finishedAt()).isNull();
        });

        await(runtime.stopContainer(spec.id(), GRACE));
        assertThat(find(spec.id())).get().satisfies(ended -> {
            assertThat(ended.phase()).isEqualTo(ContainerState.Phase.EXITED);
            assertThat(ended.finishedAt()).isNotNull();
            assertThat(ended.exitCode()).isNotNull();
        });
    }

    @Test
    void theExitCodeIsTheCommands() {
        ContainerSpec failing = run("failing", programs.exits(3));
        ContainerSpec passing = run("passing", programs.exits(0));

        assertThat(awaitExit(failing.id()).exitCode()).isEqualTo(3);
        assertThat(awaitExit(passing.id()).exitCode()).isZero();
    }

    @Test
    void stopAsksFirst() {
        ContainerSpec spec = run("obedient", programs.printsAndRuns(List.of("ready")));
        eventually("it listens", () -> logOf(spec, LogQuery.all()).equals("ready\n"));

        long before = nanoTime();
        await(runtime.stopContainer(spec.id(), GRACE));

        assertThat(nanoTime() - before).isLessThan(GRACE.toNanos());
        assertThat(find(spec.id()).orElseThrow().exitCode()).isEqualTo(RuntimePrograms.CODE_ON_TERM);
    }

    @Test
    void stopKillsWhatDoesNotListenWithinItsGrace() {
        ContainerSpec spec = run("stubborn", programs.ignoresTerm());
        eventually("it does not listen", () -> logOf(spec, LogQuery.all()).equals("ready\n"));

        long before = nanoTime();
        await(runtime.stopContainer(spec.id(), Duration.ofSeconds(1)));

        assertThat(nanoTime() - before)
                .isGreaterThanOrEqualTo(Duration.ofMillis(900).toNanos());
        assertThat(find(spec.id()).orElseThrow().exitCode()).isEqualTo(128 + 9);
    }

    @Test
    void everyVerbMayBeRepeated() {
        PodIdentity pod = pod("again");
        SandboxState first = await(runtime.createSandbox(sandbox(pod, 0)));
        SandboxState second = await(runtime.createSandbox(sandbox(pod, 0)));
        assertThat(second.addresses()).isEqualTo(first.addresses());
        ContainerSpec spec = container(pod, "main", programs.runsForever());
        await(runtime.createContainer(spec));
        await(runtime.createContainer(spec));
        await(runtime.startContainer(spec.id()));
        ContainerState running = find(spec.id()).orElseThrow();
        await(runtime.createContainer(spec));
        await(runtime.startContainer(spec.id()));

        assertThat(find(spec.id()).orElseThrow().startedAt()).isEqualTo(running.startedAt());
        RuntimeState state = await(runtime.list());
        assertThat(state.sandboxes()).hasSize(1);
        assertThat(state.containers()).hasSize(1);

        await(runtime.stopContainer(spec.id(), GRACE));
        ContainerState ended = find(spec.id()).orElseThrow();
        await(runtime.stopContainer(spec.id(), GRACE));
        assertThat(find(spec.id()).orElseThrow()).isEqualTo(ended);
        await(runtime.removeContainer(spec.id()));
        await(runtime.removeContainer(spec.id()));
        await(runtime.stopSandbox(spec.sandboxId()));
        await(runtime.stopSandbox(spec.sandboxId()));
        await(runtime.removeSandbox(spec.sandboxId()));
        await(runtime.removeSandbox(spec.sandboxId()));
        assertThat(await(runtime.list())).isEqualTo(new RuntimeState(List.of(), List.of()));
    }

    @Test
    void createsOfTheSameAtTheSameTimeMakeOne() {
        PodIdentity pod = pod("race");
        List<CompletableFuture<?>> sandboxes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            sandboxes.add(runtime.createSandbox(sandbox(pod, 0)).toCompletableFuture());
        }
        sandboxes.forEach(this::await);
        ContainerSpec spec = container(pod, "main", programs.runsForever());
        List<CompletableFuture<?>> containers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            containers.add(runtime.createContainer(spec).toCompletableFuture());
        }
        containers.forEach(this::await);

        assertThat(await(runtime.list()).sandboxes()).hasSize(1);
        assertThat(await(runtime.list()).containers()).hasSize(1);
    }

    @Test
    void whatIsGoneCanBeStoppedAndRemoved() {
        await(runtime.stopContainer("never-was", GRACE));
        await(runtime.removeContainer("never-was"));
        await(runtime.stopSandbox("never-was"));
        await(runtime.removeSandbox("never-was"));
    }

    @Test
    void whatIsUnknownCannotBeUsed() {
        assertThat(failureOf(runtime.startContainer("never-was")).kind()).isEqualTo(RuntimeFailure.Kind.NOT_FOUND);
        assertThat(failureOf(runtime.stats("never-was")).kind()).isEqualTo(RuntimeFailure.Kind.NOT_FOUND);
        ContainerSpec orphan = container(pod("orphan"), "main", programs.runsForever());
        assertThat(failureOf(runtime.createContainer(orphan)).kind()).isEqualTo(RuntimeFailure.Kind.NOT_FOUND);
    }

    @Test
    void aCommandThatDoesNotExistCannotStart() {
        PodIdentity pod = pod("broken");
        await(runtime.createSandbox(sandbox(pod, 0)));
        ContainerSpec spec = container(pod, "main", List.of("/no/such/program"));

        RuntimeFailure failure =
                failureOf(runtime.createContainer(spec).thenCompose(created -> runtime.startContainer(spec.id())));

        assertThat(failure.kind()).isEqualTo(RuntimeFailure.Kind.CANNOT_START);
        assertThat(failure).hasMessageContaining("/no/such/program");
    }

    @Test
    void environmentArgumentsAndDirectoryReachTheCommand() {
        PodIdentity pod = pod("surroundings");
        await(runtime.createSandbox(sandbox(pod, 0)));
        Map<String, String> env = Map.of("COLOUR", "blue = $(x) \"y\" 'z'");
        ContainerSpec variable = start(container(pod, "env", 0, programs.printsVariable("COLOUR"), List.of(), env, ""));
        ContainerSpec words =
                start(container(pod, "args", 0, programs.printsArguments(), List.of("a b", "$c", "'d'"), env, ""));
        ContainerSpec directory =
                start(container(pod, "dir", 0, programs.printsWorkingDirectory(), List.of(), env, "/tmp"));
        awaitExit(variable.id());
        awaitExit(words.id());
        awaitExit(directory.id());

        eventually("env", () -> logOf(variable, LogQuery.all()).equals("blue = $(x) \"y\" 'z'\n"));
        eventually("args", () -> logOf(words, LogQuery.all()).equals("a b\n$c\n'd'\n"));
        eventually("dir", () -> logOf(directory, LogQuery.all()).equals("/tmp\n"));
    }

    @Test
    void anotherViewOfTheSameOwnerAdoptsWhatRuns() throws Exception {
        ContainerSpec spec = run("adopted", programs.runsForever());
        RuntimeState before = await(runtime.list());
        runtime.close();

        runtime = provider.forNode(owner);
        assertThat(await(runtime.list())).isEqualTo(before);
        runtime.close();
        provider.close();
        provider = open();
        runtime = provider.forNode(owner);

        assertThat(await(runtime.list())).isEqualTo(before);
        await(runtime.startContainer(spec.id()));
        assertThat(await(runtime.list())).isEqualTo(before);
        await(runtime.stopContainer(spec.id(), GRACE));
        assertThat(find(spec.id()).orElseThrow().phase()).isEqualTo(ContainerState.Phase.EXITED);
    }

    @Test
    void whatEndsWhileNobodyLooksIsFoundEnded() throws Exception {
        ContainerSpec spec = run("unseen", programs.exits(4));
        runtime.close();
        provider.close();
        provider = open();
        runtime = provider.forNode(owner);

        assertThat(awaitExit(spec.id()).exitCode()).isEqualTo(4);
    }

    @Test
    void ownersNeitherSeeNorTouchEachOther() {
        ContainerSpec spec = run("mine", programs.runsForever());
        for (RuntimeOwner stranger : List.of(newOwner("node-b"), newOwnerOfAnotherCluster())) {
            try (ContainerRuntime other = provider.forNode(stranger)) {
                assertThat(await(other.list())).isEqualTo(new RuntimeState(List.of(), List.of()));
                await(other.stopContainer(spec.id(), Duration.ZERO));
                await(other.removeContainer(spec.id()));
                await(other.stopSandbox(spec.sandboxId()));
                await(other.removeSandbox(spec.sandboxId()));
                assertThat(failureOf(other.logs(spec.id(), LogQuery.all())).kind())
                        .isEqualTo(RuntimeFailure.Kind.NOT_FOUND);
            }
        }
        assertThat(find(spec.id()).orElseThrow().phase()).isEqualTo(ContainerState.Phase.RUNNING);
        assertThat(await(runtime.list()).sandboxes()).singleElement().matches(SandboxState::ready);
    }

    @Test
    void theEndOfASandboxIsTheEndOfItsContainers() {
        ContainerSpec spec = run("whole", programs.runsForever());

        await(runtime.stopSandbox(spec.sandboxId()));

        assertThat(awaitExit(spec.id()).finishedAt()).isNotNull();
        assertThat(await(runtime.list()).sandboxes()).singleElement().matches(sandbox -> !sandbox.ready());
        await(runtime.removeSandbox(spec.sandboxId()));
        assertThat(await(runtime.list())).isEqualTo(new RuntimeState(List.of(), List.of()));
    }

    @Test
    void removalOfWhatRunsEndsIt() {
        ContainerSpec spec = run("removed", programs.ignoresTerm());

        await(runtime.removeContainer(spec.id()));
        assertThat(find(spec.id())).isEmpty();
        await(runtime.removeSandbox(spec.sandboxId()));
        assertThat(await(runtime.list())).isEqualTo(new RuntimeState(List.of(), List.of()));
    }

    @Test
    void aRestartIsAnotherContainerBesideTheEndedOne() {
        ContainerSpec first = run("restarted", programs.exits(1));
        awaitExit(first.id());
        ContainerSpec second =
                start(container(first.pod(), "main", 1, programs.runsForever(), List.of(), Map.of(), ""));

        assertThat(find(first.id()).orElseThrow().phase()).isEqualTo(ContainerState.Phase.EXITED);
        assertThat(find(second.id()).orElseThrow()).satisfies(running -> {
            assertThat(running.phase()).isEqualTo(ContainerState.Phase.RUNNING);
            assertThat(running.attempt()).isEqualTo(1);
        });
    }

    @Test
    void aNewAttemptOfTheSandboxStandsBesideTheDeadOne() {
        PodIdentity pod = pod("revived");
        await(runtime.createSandbox(sandbox(pod, 0)));
        await(runtime.stopSandbox(pod.uid() + "-0"));

        SandboxState next = await(runtime.createSandbox(sandbox(pod, 1)));

        assertThat(next.ready()).isTrue();
        assertThat(next.attempt()).isEqualTo(1);
        assertThat(await(runtime.list()).sandboxes()).hasSize(2);
    }

    @Test
    void aListenerHearsOfThePodWhoseContainerEnds() throws Exception {
        Set<String> heard = ConcurrentHashMap.newKeySet();
        ContainerSpec spec = run("heard", programs.printsAndRuns(List.of("ready")));
        try (AutoCloseable listening = runtime.onChange(heard::add)) {
            assertThat(listening).isNotNull();
            await(runtime.stopContainer(spec.id(), GRACE));
            eventually(
                    "the listener heard of it", () -> heard.contains(spec.pod().uid()));
        }
    }

    @Test
    void manyPodsAtOnceKeepApart() {
        List<PodIdentity> pods = new ArrayList<>();
        List<CompletableFuture<?>> calls = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            PodIdentity pod = pod("many-" + i);
            ContainerSpec spec = container(pod, "main", programs.prints(List.of("I am " + i)));
            pods.add(pod);
            calls.add(runtime.createSandbox(sandbox(pod, 0))
                    .thenCompose(made -> runtime.createContainer(spec))
                    .thenCompose(made -> runtime.startContainer(spec.id()))
                    .toCompletableFuture());
        }
        calls.forEach(call -> await(call, CALL.multipliedBy(2)));

        RuntimeState state = await(runtime.list());
        assertThat(state.sandboxes()).hasSize(6);
        if (can(Ability.POD_ADDRESS)) {
            Set<String> addresses = new HashSet<>();
            state.sandboxes()
                    .forEach(sandbox -> addresses.add(sandbox.addresses().get(0)));
            assertThat(addresses).hasSize(6);
        }
        for (int i = 0; i < 6; i++) {
            ContainerSpec spec = container(pods.get(i), "main", List.of());
            String expected = "I am " + i + "\n";
            eventually("its own output", () -> logOf(spec, LogQuery.all()).equals(expected));
        }
    }

    @Test
    void twoPodsServeTheSamePortOnTheirOwnAddresses() throws Exception {
        assumeAble(Ability.POD_ADDRESS);
        assumeTrue(programs.servesHttp(8080).isPresent(), "the programs serve no HTTP");
        run("left", programs.servesHttp(8080).orElseThrow());
        run("right", programs.servesHttp(8080).orElseThrow());
        HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

        for (SandboxState sandbox : await(runtime.list()).sandboxes()) {
            URI uri = URI.create("http://" + sandbox.addresses().get(0) + ":8080/");
            eventually(uri + " answers", () -> answers(client, uri));
        }
    }

    @Test
    void statsOfARunningContainerAreOfThisMoment() {
        ContainerSpec spec = run("stats", programs.runsForever());

        assertThat(await(runtime.stats(spec.id()))).satisfies(stats -> {
            assertThat(stats.cpuNanos()).isNotNegative();
            assertThat(stats.memoryWorkingSetBytes()).isNotNegative();
        });
    }

    @Test
    void statsCountWhatAContainerHasComputed() {
        ContainerSpec busy = run("busy", programs.computes());

        eventually(
                "the container has used a tenth of a second",
                () -> await(runtime.stats(busy.id())).cpuNanos() > 100_000_000);
        assertThat(await(runtime.stats(busy.id())).memoryWorkingSetBytes()).isPositive();
    }

    @Test
    void aRunningContainerTakesOtherLimitsAndGoesOn() {
        assumeTrue(can(Ability.RESOURCE_LIMITS) && runtime instanceof ResizableContainers);
        ContainerSpec spec = run("sized", programs.runsForever());
        ContainerState before = find(spec.id()).orElseThrow();
        Resources limits = new Resources(512, 300, 256L << 20, 0);

        await(((ResizableContainers) runtime).resize(spec.id(), limits));
        ContainerState limited = find(spec.id()).orElseThrow();
        await(((ResizableContainers) runtime).resize(spec.id(), new Resources(2, 0, 0, 0)));
        ContainerState freed = find(spec.id()).orElseThrow();

        assertThat(limited.resources()).satisfies(now -> assertAmounts(now, 512, 300, 256L << 20));
        assertThat(freed.resources()).satisfies(now -> assertAmounts(now, 2, 0, 0));
        assertThat(freed.phase()).isEqualTo(ContainerState.Phase.RUNNING);
        assertThat(freed.startedAt()).isEqualTo(before.startedAt());
        assertThat(freed.attempt()).isEqualTo(before.attempt());
    }

    private static void assertAmounts(Resources now, long shares, long quotaMillis, long memory) {
        assertThat(now.cpuShares()).isEqualTo(shares);
        assertThat(now.cpuQuotaMillis()).isEqualTo(quotaMillis);
        assertThat(now.memoryLimitBytes()).isEqualTo(memory);
    }

    @Test
    void theProgramsImageIsFoundAndListed() {
        assertThat(await(runtime.images().find(programs.image()))).isPresent();
        if (can(Ability.IMAGES)) {
            assertThat(await(runtime.images().list()))
                    .anyMatch(image -> image.references().contains(programs.image()));
        }
    }

    @Test
    void closingTwiceIsFine() throws Exception {
        runtime.close();
        runtime.close();
        provider.close();
        provider.close();
        try (RuntimeProvider again = open()) {
            assertThat(again).isNotNull();
        }
        provider = open();
        runtime = provider.forNode(owner);
    }

    private static boolean answers(HttpClient client, URI uri) {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(2)).build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() < 500;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (java.io.IOException e) {
            return false;
        }
    }
}
