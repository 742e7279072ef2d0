package io.orchestrator.store.etcd;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import io.orchestrator.testkit.network.FreePort;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.utility.DockerImageName;

/** Three members of etcd, each in a container, on a network that they can be cut from. Their data outlives a kill. */
final class ContainedEtcd implements AutoCloseable {
    private static final DockerImageName IMAGE = DockerImageName.parse("quay.io/coreos/etcd:v3.4.23");
    private static final int MEMBERS = 3;
    private static final int CLIENTS = 2379;
    private static final int PEERS = 2380;

    private final DockerClient engine = DockerClientFactory.instance().client();
    private final Network network = Network.newNetwork();
    private final List<GenericContainer<?>> members = new ArrayList<>();
    private final List<Integer> ports = new ArrayList<>();

    private ContainedEtcd() {}

    /** Returns when all three serve. */
    static ContainedEtcd start() throws IOException {
        ContainedEtcd etcd = new ContainedEtcd();
        for (int i = 0; i < MEMBERS; i++) {
            // None that a connection may take while the member is down.
            etcd.ports.add(FreePort.find());
        }
        for (int i = 0; i < MEMBERS; i++) {
            etcd.members.add(etcd.member(i));
        }
        try {
            // None is ready before a second one runs.
            Startables.deepStart(etcd.members).join();
        } catch (RuntimeException e) {
            etcd.close();
            throw e;
        }
        return etcd;
    }

    private GenericContainer<?> member(int index) {
        String name = name(index);
        String cluster = IntStream.range(0, MEMBERS)
                .mapToObj(i -> name(i) + "=" + peer(name(i)))
                .collect(Collectors.joining(","));
        return new GenericContainer<>(IMAGE)
                .withNetwork(network)
                .withNetworkAliases(name)
                .withExposedPorts(CLIENTS)
                .withCommand(
                        "/usr/local/bin/etcd",
                        "--name=" + name,
                        "--data-dir=/etcd-data",
                        "--listen-client-urls=http://0.0.0.0:" + CLIENTS,
                        "--advertise-client-urls=" + endpoint(index),
                        "--listen-peer-urls=http://0.0.0.0:" + PEERS,
                        "--initial-advertise-peer-urls=" + peer(name),
                        "--initial-cluster=" + cluster,
                        "--initial-cluster-state=new",
                        "--heartbeat-interval=50",
                        "--election-timeout=500",
                        "--log-level=warn")
                // A port that the engine chooses would be another one after the member has been killed and started
                // again.
                .withCreateContainerCmdModifier(command -> hostConfig(command.getHostConfig())
                        .withPortBindings(new PortBinding(
                                Ports.Binding.bindIpAndPort("127.0.0.1", ports.get(index)), ExposedPort.tcp(CLIENTS))))
                .waitingFor(Wait.forHttp("/health").forPort(CLIENTS).withStartupTimeout(Duration.ofMinutes(2)));
    }

    private static HostConfig hostConfig(HostConfig given) {
        return Objects.requireNonNull(given, "Testcontainers sets one");
    }

    private static String name(int index) {
        return "member-" + index;
    }

    private static String peer(String name) {
        return "http://" + name + ":" + PEERS;
    }

    private String endpoint(int index) {
        return "http://127.0.0.1:" + ports.get(index);
    }

    /** The URLs for clients; they stay as they are whatever happens to a member. */
    String[] endpoints() {
        return IntStream.range(0, MEMBERS).mapToObj(this::endpoint).toArray(String[]::new);
    }

    /** By SIGKILL. @param index from zero */
    void kill(int index) {
        engine.killContainerCmd(id(index)).exec();
    }

    /** Starts a killed member again and does not wait for it. */
    void restart(int index) {
        engine.startContainerCmd(id(index)).exec();
    }

    /** Stops all its processes where they are. */
    void pause(int index) {
        engine.pauseContainerCmd(id(index)).exec();
    }

    void unpause(int index) {
        engine.unpauseContainerCmd(id(index)).exec();
    }

    /** Takes a member's network away: neither the others nor clients reach it, and it runs on. */
    void cut(int index) {
        engine.disconnectFromNetworkCmd()
                .withContainerId(id(index))
                .withNetworkId(network.getId())
                .exec();
    }

    /** Gives a member that was cut its network back. */
    void mend(int index) {
        engine.connectToNetworkCmd()
                .withContainerId(id(index))
                .withNetworkId(network.getId())
                .withContainerNetwork(new ContainerNetwork().withAliases(name(index)))
                .exec();
    }

    private String id(int index) {
        return members.get(index).getContainerId();
    }

    @Override
    public void close() {
        members.forEach(GenericContainer::stop);
        network.close();
    }
}
