package io.orchestrator.core.embed;

import io.orchestrator.core.agent.AgentConfig;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.join.AuthorityPin;
import io.orchestrator.core.join.JoinToken;
import io.orchestrator.core.network.ProxyMode;
import io.orchestrator.core.runtime.ProcessRuntime;
import io.orchestrator.spi.runtime.RuntimeProvider;
import java.net.URI;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a node that joins a cluster is made of. Not thread-safe; for one node. */
public final class JoinedNodeBuilder {
    final List<URI> servers;
    final String name;

    Optional<JoinToken> token = Optional.empty();
    List<X509Certificate> authorities = List.of();
    Optional<AuthorityPin> pin = Optional.empty();

    @Nullable
    Function<Environment, RuntimeProvider> runtime;

    UnaryOperator<ProcessRuntime.Builder> processes = UnaryOperator.identity();
    UnaryOperator<AgentConfig> agent = UnaryOperator.identity();

    @Nullable
    Path directory;

    @Nullable
    NodeDoor door;

    ProxyMode proxy = ProxyMode.AUTO;
    String address = "";
    boolean keepPods;
    Duration podGrace = Duration.ofSeconds(10);
    Duration certificateLife = Duration.ZERO;

    JoinedNodeBuilder(String name, List<URI> servers) {
        if (!name.matches("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?")) {
            throw new IllegalArgumentException("not a name of a node: \"" + name + "\"");
        }
        this.servers = List.copyOf(servers);
        this.name = name;
    }

    /** What shows that the node may join; not needed again once it has. */
    public JoinedNodeBuilder token(JoinToken token) {
        this.token = Optional.of(token);
        return this;
    }

    /** The authorities of the cluster, which its servers must come from. */
    public JoinedNodeBuilder authorities(List<X509Certificate> authorities) {
        this.authorities = List.copyOf(authorities);
        return this;
    }

    /** The hash of the cluster's authority, for those who do not have its certificate at hand. */
    public JoinedNodeBuilder authority(AuthorityPin pin) {
        this.pin = Optional.of(pin);
        return this;
    }

    /** What runs the pods; processes of this machine otherwise. The node closes it when it is closed. */
    public JoinedNodeBuilder runtime(Function<Environment, RuntimeProvider> runtime) {
        this.runtime = runtime;
        return this;
    }

    /** Settings of the process runtime, which is used when no other is given. */
    public JoinedNodeBuilder processes(UnaryOperator<ProcessRuntime.Builder> settings) {
        this.processes = settings;
        return this;
    }

    /** Changes to what the agent is told: capacity, labels, taints, policy. */
    public JoinedNodeBuilder agent(UnaryOperator<AgentConfig> settings) {
        this.agent = settings;
        return this;
    }

    /**
     * Where the node's certificate, volumes, logs and the state of its processes lie. The next node of this name on the directory
     * goes on where this one ended, however it ended. By default a temporary directory that goes with the node.
     */
    public JoinedNodeBuilder directory(Path directory) {
        this.directory = directory;
        return this;
    }

    /** Opens the node's own port, by which the API server reaches its pods. Without it, nobody reads their logs from elsewhere. */
    public JoinedNodeBuilder nodeServer(NodeDoor door) {
        this.door = door;
        return this;
    }

    /** At which the API server reaches this machine; by default the address from which this machine reaches the API server. */
    public JoinedNodeBuilder address(String address) {
        this.address = address;
        return this;
    }

    /**
     * What carries the traffic of services, where it is this process that serves them on its machine: see {@link
     * ClusterBuilder#serviceProxy}.
     */
    public JoinedNodeBuilder serviceProxy(ProxyMode mode) {
        this.proxy = mode;
        return this;
    }

    /** Leaves the pods running when the node is closed, for the next one to adopt. */
    public JoinedNodeBuilder keepPods() {
        this.keepPods = true;
        return this;
    }

    /** How long pods may take to end when the node is closed; ten seconds by default. */
    public JoinedNodeBuilder podGrace(Duration grace) {
        this.podGrace = grace;
        return this;
    }

    /** How long a certificate is asked to be good for, at least ten minutes; by default as long as the cluster likes. */
    public JoinedNodeBuilder certificateLife(Duration life) {
        this.certificateLife = life;
        return this;
    }

    /**
     * Joins. Returns when the node has its certificate and its agent has begun; waits for the API until then, unless it has one
     * from before.
     *
     * @throws io.orchestrator.api.client.ApiException when the cluster refuses the node
     */
    public JoinedNode start() throws InterruptedException {
        return JoinedNode.start(this);
    }
}
