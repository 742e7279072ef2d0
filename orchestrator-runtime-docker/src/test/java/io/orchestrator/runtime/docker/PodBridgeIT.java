package io.orchestrator.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.PruneType;
import io.orchestrator.spi.runtime.ContainerRuntime;
import io.orchestrator.spi.runtime.ContainerSpec;
import io.orchestrator.spi.runtime.ExecSession;
import io.orchestrator.spi.runtime.ExecSpec;
import io.orchestrator.spi.runtime.PodIdentity;
import io.orchestrator.spi.runtime.RuntimeFailure;
import io.orchestrator.spi.runtime.RuntimeProvider;
import io.orchestrator.spi.runtime.SandboxSpec;
import io.orchestrator.spi.runtime.SandboxState;
import io.orchestrator.testkit.junit.RequiresDocker;
import io.orchestrator.testkit.junit.RequiresRoot;
import io.orchestrator.testkit.network.FreePort;
import io.orchestrator.testkit.runtime.RuntimeFixture;
import io.orchestrator.testkit.runtime.RuntimePrograms;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pods that this library connects with the engine's bridge. */
@RequiresDocker
@RequiresRoot
class PodBridgeIT extends RuntimeFixture {
    private DockerEngine engine;
    private DockerClient docker;

    @Override
    protected RuntimeProvider open() {
        return DockerRuntime.local();
    }

    @Override
    protected RuntimePrograms programs() {
        return RuntimePrograms.busybox("busybox:1.36");
    }

    @BeforeEach
    void connect() {
        engine = DockerEngine.connect("");
        docker = engine.client();
        assumeTrue(
                new EngineNearby(docker, URI.create("unix:///var/run/docker.sock")).letsUsConnectPods(),
                "the engine is one that connects its pods itself");
    }

    @AfterEach
    void disconnect() {
        engine.close();
    }

    @Override
    protected void assertNothingLeft() {
        try (DockerEngine looking = DockerEngine.connect("")) {
            DockerClient client = looking.client();
            assertThat(client.listContainersCmd()
                            .withShowAll(true)
                            .withLabelFilter(Map.of(OwnerLabels.CLUSTER, owner.clusterId()))
                            .exec())
                    .isEmpty();
            assertThat(client.listNetworksCmd().exec())
                    .extracting(network -> network.getName())
                    .doesNotContain("orchestrator_" + owner.clusterId());
        }
    }

    @Test
    void aPodHasAnAddressOfTheUpperHalfANameAndItsFiles() throws IOException {
        PodIdentity pod = pod("web");
        String address =
                await(runtime.createSandbox(named(pod, List.of()))).addresses().get(0);
        ContainerSpec main = start(container(pod, "main", programs.runsForever()));

        assertThat(labelsOf(pod)).containsEntry(OwnerLabels.ADDRESS, address);
        AddressRange range = AddressRange.of(network().subnet()).orElseThrow();
        assertThat(IntStream.range(0, range.size()).mapToObj(range::at)).contains(address);
        assertThat(said(main, "hostname")).isEqualTo("web");
        assertThat(said(main, "cat", "/etc/hostname")).isEqualTo("web");
        assertThat(said(main, "cat", "/etc/hosts"))
                .contains(address + "\tweb.shop.svc.cluster.local web", "10.0.0.7\tdb");
        assertThat(said(main, "cat", "/etc/resolv.conf")).isEqualTo("nameserver 10.96.0.10\nsearch cluster.local");
        assertThat(said(main, "ip", "-4", "-o", "addr", "show", "eth0")).contains(address + "/");
        assertThat(said(main, "ip", "-6", "addr")).isEmpty();
        assertThat(await(runtime.list()).sandboxes())
                .singleElement()
                .extracting(SandboxState::ready, SandboxState::addresses)
                .containsExactly(true, List.of(address));
        assertThat(Path.of("/sys/class/net", network().bridge(), "brif", portOf(pod)))
                .exists();
    }

    @Test
    void podsReachOneAnotherWhoeverConnectedThem() throws IOException {
        PodIdentity ours = pod("ours");
        String address =
                await(runtime.createSandbox(named(ours, List.of()))).addresses().get(0);
        ContainerSpec server =
                start(container(ours, "main", programs.servesHttp(8080).orElseThrow()));
        PodIdentity theirs = pod("theirs");
        int port = FreePort.find();
        String other = await(runtime.createSandbox(
                        named(theirs, List.of(new SandboxSpec.PortMapping("127.0.0.1", port, 8080, "TCP")))))
                .addresses()
                .get(0);
        ContainerSpec client =
                start(container(theirs, "main", programs.servesHttp(8080).orElseThrow()));

        assertThat(labelsOf(theirs)).doesNotContainKey(OwnerLabels.ADDRESS);
        eventually("the server answers its neighbour", () -> answers(client, address));
        eventually("and its neighbour it", () -> answers(server, other));
    }

    @Test
    void aSandboxThatWasStartedButNotConnectedIsNotReadyAndIsConnectedByTheNextCall() throws Exception {
        PodIdentity pod = pod("late");
        SandboxSpec spec = named(pod, List.of());
        String address = await(runtime.createSandbox(spec)).addresses().get(0);
        Path lease = lease(address);
        // As an agent leaves it that is killed in between.
        assertThat(new ProcessBuilder("ip", "link", "del", portOf(pod)).start().waitFor())
                .isZero();
        Files.writeString(lease, Files.readAllLines(lease).get(0) + "\n");
        provider.close();
        provider = open();
        runtime = provider.forNode(owner);

        assertThat(await(runtime.list()).sandboxes()).singleElement().satisfies(state -> {
            assertThat(state.ready()).isFalse();
            assertThat(state.addresses()).isEmpty();
        });
        SandboxState made = await(runtime.createSandbox(spec));
        assertThat(made.ready()).isTrue();
        assertThat(made.addresses()).containsExactly(address);
        ContainerSpec main = start(container(pod, "main", programs.runsForever()));
        assertThat(said(main, "ip", "route")).contains("default via");
    }

    @Test
    void aSandboxThatSomebodyElseStartsAgainIsNotReady() throws Exception {
        try (AutoCloseable watching = runtime.onChange(uid -> {})) {
            PodIdentity pod = pod("again");
            await(runtime.createSandbox(named(pod, List.of())));
            docker.restartContainerCmd(engineIdOf(pod)).withTimeout(0).exec();
            eventually(
                    "its network is known to have gone",
                    () -> await(runtime.list()).sandboxes().stream().noneMatch(SandboxState::ready));
        }
    }

    @Test
    void aSandboxThatSomebodyElseStartedAgainWhileNobodyLookedIsNotReady() throws Exception {
        PodIdentity pod = pod("unseen");
        await(runtime.createSandbox(named(pod, List.of())));
        provider.close();
        docker.restartContainerCmd(engineIdOf(pod)).withTimeout(0).exec();
        provider = open();
        runtime = provider.forNode(owner);
        assertThat(await(runtime.list()).sandboxes())
                .singleElement()
                .extracting(SandboxState::ready)
                .isEqualTo(false);
    }

    @Test
    void aSandboxWhoseAddressIsAnothersByNowIsMadeAnew() throws Exception {
        PodIdentity pod = pod("lost");
        SandboxSpec spec = named(pod, List.of());
        String address = await(runtime.createSandbox(spec)).addresses().get(0);
        String first = engineIdOf(pod);
        provider.close();
        Files.writeString(lease(address), "another\n");
        try {
            provider = open();
            runtime = provider.forNode(owner);
            SandboxState made = await(runtime.createSandbox(spec));
            assertThat(made.ready()).isTrue();
            assertThat(made.addresses()).hasSize(1).doesNotContain(address);
            assertThat(engineIdOf(pod)).isNotEqualTo(first);
        } finally {
            Files.delete(lease(address));
        }
    }

    @Test
    void labelsOfAnAppsImageGiveNothingBack() throws Exception {
        PodIdentity pod = pod("victim");
        String address =
                await(runtime.createSandbox(named(pod, List.of()))).addresses().get(0);
        Semaphore seen = new Semaphore(0);
        try (AutoCloseable watching = runtime.onChange(uid -> seen.release())) {
            String sly = docker.createContainerCmd(programs.image())
                    .withLabels(Map.of(
                            OwnerLabels.CLUSTER,
                            owner.clusterId(),
                            OwnerLabels.NODE,
                            owner.nodeName(),
                            OwnerLabels.KIND,
                            OwnerLabels.KIND_CONTAINER,
                            OwnerLabels.POD_UID,
                            "sly",
                            OwnerLabels.NETWORK,
                            network().id(),
                            OwnerLabels.ADDRESS,
                            address))
                    .exec()
                    .getId();
            Files.writeString(lease(address), "in " + sly + " dawn\n", StandardOpenOption.APPEND);
            docker.removeContainerCmd(sly).exec();
            assertThat(seen.tryAcquire(2, CALL.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
        assertThat(lease(address)).exists();
    }

    @Test
    void podsSendPacketsAsLargeAsTheirNetworkTakesThem() {
        docker.createNetworkCmd()
                .withName(engine.network(owner.clusterId()).name())
                .withLabels(Map.of(OwnerLabels.CLUSTER, owner.clusterId()))
                .withOptions(Map.of("com.docker.network.driver.mtu", "1380"))
                .exec();
        PodIdentity pod = pod("small");
        await(runtime.createSandbox(named(pod, List.of())));
        assertThat(labelsOf(pod)).containsKey(OwnerLabels.ADDRESS);
        ContainerSpec main = start(container(pod, "main", programs.runsForever()));
        assertThat(said(main, "cat", "/sys/class/net/eth0/mtu")).isEqualTo("1380");
    }

    @Test
    void routedPodsAreConnectedTooAndTheEngineIsHeldToItsHalfOfASmallSubnet() {
        try (DockerRuntime routed = DockerRuntime.local().podSubnet("10.213.77.0/26");
                ContainerRuntime node = routed.forNode(newOwnerOfAnotherCluster())) {
            SandboxSpec spec = named(pod("routed"), List.of());
            assertThat(await(node.createSandbox(spec)).addresses())
                    .singleElement()
                    .matches(AddressRange.of("10.213.77.0/26").orElseThrow()::has);
            assertThat(routed.gatewayOf(owner.clusterId() + "-other")).isEqualTo("10.213.77.1");
            assertThat(docker.listNetworksCmd().exec().stream()
                            .filter(each -> each.getName().endsWith(owner.clusterId() + "-other"))
                            .flatMap(each -> each.getIpam().getConfig().stream()))
                    .singleElement()
                    .satisfies(config -> {
                        assertThat(config.getIpRange()).isEqualTo("10.213.77.0/27");
                        assertThat(config.getGateway()).isEqualTo("10.213.77.1");
                    });
            await(node.removeSandbox(spec.id()));
        }
    }

    @Test
    void theAddressOfASandboxThatSomebodyElseRemovesIsFreeAgain() throws Exception {
        try (AutoCloseable watching = runtime.onChange(uid -> {})) {
            PodIdentity pod = pod("gone");
            Path lease = lease(await(runtime.createSandbox(named(pod, List.of())))
                    .addresses()
                    .get(0));
            assertThat(lease).exists();
            docker.removeContainerCmd(engineIdOf(pod)).withForce(true).exec();
            eventually("its lease has gone", () -> !Files.exists(lease));
        }
    }

    @Test
    void theNetworkIsInUseForWhoeverPrunesNetworks() {
        PodIdentity pod = pod("kept");
        await(runtime.createSandbox(named(pod, List.of())));
        eventually(
                "somebody holds the network",
                () -> docker.listContainersCmd()
                                .withLabelFilter(Map.of(
                                        OwnerLabels.CLUSTER,
                                        owner.clusterId(),
                                        OwnerLabels.KIND,
                                        OwnerLabels.KIND_NETWORK))
                                .exec()
                                .size()
                        == 1);
        docker.pruneCmd(PruneType.NETWORKS)
                .withLabelFilter(OwnerLabels.CLUSTER + "=" + owner.clusterId())
                .exec();
        ContainerSpec main = start(container(pod, "main", programs.runsForever()));
        assertThat(said(main, "ping", "-c", "1", "-W", "5", network().gateway()))
                .contains("1 packets received");
    }

    @Test
    void aContainerOfSomebodyElseThatHasTheNetworksNameIsLeftAlone() {
        String theirs = docker.createContainerCmd(programs.image())
                .withName(engine.network(owner.clusterId()).name())
                .withCmd(programs.runsForever())
                .exec()
                .getId();
        try {
            PodIdentity pod = pod("web");
            assertThat(await(runtime.createSandbox(named(pod, List.of()))).ready())
                    .isTrue();
            assertThat(failureOf(CompletableFuture.runAsync(() -> engine.network(owner.clusterId())
                                    .hold(network().id())))
                            .kind())
                    .isEqualTo(RuntimeFailure.Kind.INVALID);
            await(runtime.removeSandbox(sandbox(pod, 0).id()));
            provider.close();
            assertThat(docker.inspectContainerCmd(theirs).exec().getState().getStatus())
                    .isEqualTo("created");
        } finally {
            docker.removeContainerCmd(theirs).withForce(true).exec();
        }
        provider = open();
        runtime = provider.forNode(owner);
    }

    @Test
    void anAddressIsGivenBackWithItsSandboxAlsoByAProgramThatWasStartedAnew() {
        PodIdentity pod = pod("old");
        SandboxSpec spec = named(pod, List.of());
        Path lease = lease(await(runtime.createSandbox(spec)).addresses().get(0));
        provider.close();
        provider = open();
        runtime = provider.forNode(owner);
        assertThat(await(runtime.list()).sandboxes())
                .singleElement()
                .extracting(SandboxState::ready)
                .isEqualTo(true);
        await(runtime.removeSandbox(spec.id()));
        assertThat(lease).doesNotExist();
    }

    @Test
    void aProcessThatIsNotTheContainersIsGivenNoNetwork() {
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> VethPair.connect(
                        "lo", "10.0.0.1", ProcessHandle.current().pid(), "0123456789abcdef", "10.0.0.9", 24, 1500)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is not the container's");
    }

    @Test
    void aPodOfANetworkThatIsGoneIsNotConnectedWithAnother() {
        PodIdentity pod = pod("second");
        SandboxSpec spec = named(pod, List.of());
        await(runtime.createSandbox(spec));
        PodBridge.Place nowhere = new PodBridge.Place("gone", "10.0.0.9");
        assertThat(failureOf(CompletableFuture.runAsync(() -> engine.bridge(owner.clusterId())
                                .connect(
                                        docker.inspectContainerCmd(engineIdOf(pod))
                                                .exec(),
                                        "second",
                                        nowhere)))
                        .kind())
                .isEqualTo(RuntimeFailure.Kind.NOT_FOUND);
    }

    private SandboxSpec named(PodIdentity pod, List<SandboxSpec.PortMapping> ports) {
        SandboxSpec plain = sandbox(pod, 0);
        return new SandboxSpec(
                plain.id(),
                0,
                pod,
                pod.name(),
                "shop.svc.cluster.local",
                new SandboxSpec.DnsSetup(List.of("10.96.0.10"), List.of("cluster.local"), List.of()),
                Map.of("10.0.0.7", List.of("db")),
                ports,
                plain.namespaces(),
                "",
                Map.of(),
                Map.of(),
                Map.of());
    }

    private ClusterNetwork.Standing network() {
        return engine.network(owner.clusterId()).ensure();
    }

    private Path lease(String address) {
        return BridgeRecords.ADDRESSES.resolve(network().id()).resolve(address);
    }

    private String portOf(PodIdentity pod) {
        return "vo" + engineIdOf(pod).substring(0, 12);
    }

    private boolean answers(ContainerSpec from, String address) {
        return exec(from, "wget", "-qO-", "http://" + address + ":8080/").isPresent();
    }

    private String said(ContainerSpec in, String... command) {
        return exec(in, command).orElseThrow(() -> new AssertionError(List.of(command) + " failed"));
    }

    /** What it printed; empty when it failed. */
    private Optional<String> exec(ContainerSpec in, String... command) {
        try (ExecSession session = await(runtime.exec(in.id(), ExecSpec.of(command)))) {
            String out = new String(session.stdout().readAllBytes(), StandardCharsets.UTF_8);
            return await(session.exitCode()) == 0 ? Optional.of(out.strip()) : Optional.empty();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Map<String, String> labelsOf(PodIdentity pod) {
        return docker.inspectContainerCmd(engineIdOf(pod)).exec().getConfig().getLabels();
    }

    private String engineIdOf(PodIdentity pod) {
        return docker.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(Map.of(OwnerLabels.POD_UID, pod.uid(), OwnerLabels.KIND, OwnerLabels.KIND_SANDBOX))
                .exec()
                .get(0)
                .getId();
    }
}
