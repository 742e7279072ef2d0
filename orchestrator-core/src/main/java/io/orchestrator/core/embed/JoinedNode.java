package io.orchestrator.core.embed;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.core.agent.AgentConfig;
import io.orchestrator.core.agent.LinuxMemoryDisk;
import io.orchestrator.core.agent.LinuxSubPaths;
import io.orchestrator.core.agent.NodeAgent;
import io.orchestrator.core.client.SharedInformers;
import io.orchestrator.core.control.EventRecorder;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.env.SystemEnvironment;
import io.orchestrator.core.join.NodeEnrolment;
import io.orchestrator.core.metrics.Metrics;
import io.orchestrator.core.metrics.ProcessFigures;
import io.orchestrator.core.network.Balancing;
import io.orchestrator.core.network.address.HostCommand;
import io.orchestrator.core.network.route.PodRouting;
import io.orchestrator.spi.runtime.ContainerRuntime;
import io.orchestrator.spi.runtime.RoutablePods;
import io.orchestrator.spi.runtime.RuntimeOwner;
import io.orchestrator.spi.runtime.SandboxSpec.DnsSetup;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node in this process, of a cluster whose control plane is in another one.
 *
 * <pre>{@code
 * JoinedNode node = JoinedNode.named("worker-1", URI.create("https://10.0.0.5:6443"))
 *         .token(JoinToken.parse("abcdef.0123456789abcdef"))
 *         .authority(new AuthorityPin("sha256:..."))
 *         .directory(Path.of("/var/lib/orchestrator"))
 *         .nodeServer(NodeServer.onPort(10250).on("0.0.0.0"))
 *         .start();
 * }</pre>
 *
 * <p>It does nothing but what the cluster lets a node do: it sees and writes its own node and the pods that are bound to it, and
 * what those name. While the API is away its pods run on, and what happened meanwhile is reported later. When it dies, the next
 * one of the same name and directory adopts them. Thread-safe.
 */
public final class JoinedNode implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JoinedNode.class);
    private static final String DOMAIN = "cluster.local";

    private final Teardown teardown;
    private final Client client;
    private final String name;

    private JoinedNode(Teardown teardown, Client client, String name) {
        this.teardown = teardown;
        this.client = client;
        this.name = name;
    }

    /** @param servers URLs of the cluster's API servers: one, or several that know the same */
    public static JoinedNodeBuilder named(String name, URI... servers) {
        return new JoinedNodeBuilder(name, List.of(servers));
    }

    static JoinedNode start(JoinedNodeBuilder builder) throws InterruptedException {
        Teardown teardown = new Teardown();
        try {
            return assemble(builder, teardown);
        } catch (RuntimeException | Error | InterruptedException e) {
            teardown.close();
            throw e;
        }
    }

    private static JoinedNode assemble(JoinedNodeBuilder builder, Teardown teardown) throws InterruptedException {
        SystemEnvironment system = teardown.add("threads", new SystemEnvironment("orchestrator-" + builder.name));
        Environment environment = system.environment();
        WorkDirectory directory = teardown.add("directory", WorkDirectory.open(builder.directory));
        NodeEnrolment enrolment = teardown.add(
                "certificate",
                new NodeEnrolment(
                        new NodeEnrolment.Settings(
                                builder.name,
                                builder.servers,
                                builder.authorities,
                                builder.pin,
                                builder.token,
                                builder.certificateLife,
                                directory.path().resolve("pki")),
                        system.secureRandom(),
                        environment));
        Client client = enrolment.join();
        teardown.add("client", client);

        SharedInformers informers = teardown.add("informers", new SharedInformers(client.transport(), environment));
        RememberedAddress range = new RememberedAddress(directory.path().resolve("addresses"));
        PodEngine engine = PodEngine.open(
                builder.runtime, builder.processes, environment, directory.path(), range.known(), teardown);
        engine.network().check(builder.proxy, Balancing.ROUND_ROBIN);
        String own = engine.network().serviceRange();
        range.keep(own.substring(0, own.indexOf('/')));
        RuntimeOwner owner = new RuntimeOwner(enrolment.clusterId(), builder.name);
        ContainerRuntime runtime = teardown.add("runtime", engine.provider().forNode(owner));
        EventRecorder events = teardown.add("events", new EventRecorder(client, "kubelet", environment));
        AgentConfig config = builder.agent.apply(config(builder, enrolment, directory.path())
                .withDns(resolver(client, engine, directory.path()), DOMAIN));
        JoinedPolicies policies = teardown.add(
                "network policies",
                new JoinedPolicies(
                        informers,
                        teardown.add("events", new EventRecorder(client, "network-policies", environment)),
                        engine.network(),
                        config.nodeName(),
                        environment));
        EventRecorder ofServices = teardown.add("events", new EventRecorder(client, "service-proxy", environment));
        JoinedNotice notice = teardown.add(
                "notice on the node", new JoinedNotice(client, config.nodeName(), ofServices, environment));
        SharedServices services = teardown.add(
                "services",
                new SharedServices(
                        informers,
                        ofServices,
                        engine.network(),
                        builder.proxy,
                        config.clusterDomain(),
                        config.nodeName(),
                        policies,
                        notice::review,
                        environment));
        NodeAgent agent = teardown.add(
                "agent", new NodeAgent(config, client, runtime, informers.informer(Service.TYPE), events, environment));
        if (builder.door != null) {
            agent.servedOn(
                    teardown.add("door", builder.door.open(served(config, agent, client, enrolment, environment)))
                            .port());
        }
        route(builder, engine, config.nodeName(), client, directory.path(), environment, teardown);
        informers.start();
        policies.start(notice::review);
        services.start();
        notice.start(() -> Stream.concat(services.statement().stream(), Stream.of(policies.statement()))
                .toList());
        agent.keepsInMemory(LinuxMemoryDisk.ofThisMachine());
        agent.holds(LinuxSubPaths.ofThisMachine(config.directory()));
        agent.start();
        if (!builder.keepPods) {
            teardown.add("pods", () -> LastPods.end(List.of(agent), builder.podGrace));
        }
        return new JoinedNode(teardown, client, builder.name);
    }

    /** Where the runtime has a subnet that other machines may be told of, which is behind nobody's address. */
    private static void route(
            JoinedNodeBuilder builder,
            PodEngine engine,
            String name,
            Client client,
            Path directory,
            Environment environment,
            Teardown teardown) {
        String subnet = engine.provider() instanceof RoutablePods routable ? routable.podSubnet() : "";
        if (subnet.isEmpty()) {
            return;
        }
        if (!ServiceNetwork.isRoot()) {
            throw new IllegalStateException("pods in " + subnet + " are reached, and reach others, as root only");
        }
        teardown.add(
                        "pod routes",
                        new PodRouting(
                                name,
                                subnet,
                                client,
                                new HostCommand(),
                                directory.resolve("pod-routes"),
                                builder.keepPods,
                                environment))
                .start();
    }

    private static AgentConfig config(JoinedNodeBuilder builder, NodeEnrolment enrolment, Path directory) {
        return AgentConfig.of(
                        enrolment.clusterId(),
                        builder.name,
                        directory.resolve("nodes").resolve(builder.name))
                .withVolumes(directory.resolve("volumes"))
                .withHostIp(builder.address.isEmpty() ? enrolment.ownAddress() : builder.address);
    }

    /** By the cluster's DNS, where pods reach it; by the one that was known before, while the API is away. */
    private static DnsSetup resolver(Client client, PodEngine engine, Path directory) {
        if (!engine.network().isReachableFromPods()) {
            return DnsSetup.engineDefault();
        }
        RememberedAddress known = new RememberedAddress(directory.resolve("dns"));
        try {
            client.inNamespace(DnsService.NAMESPACE)
                    .services()
                    .find(DnsService.NAME)
                    .ifPresent(service -> known.keep(service.spec().clusterIP()));
        } catch (ApiException e) {
            LOG.info("whether the cluster has a DNS cannot be asked: {}", e.getMessage());
        }
        return known.known().isEmpty() ? DnsSetup.engineDefault() : DnsService.setup(known.known());
    }

    private static ServedNode served(
            AgentConfig config, NodeAgent agent, Client client, NodeEnrolment enrolment, Environment environment) {
        Metrics metrics = new Metrics();
        metrics.add(agent.figures());
        metrics.add(new ProcessFigures());
        return new ServedNode(
                config.nodeName(),
                config.hostIp(),
                agent,
                client,
                enrolment.authority(),
                // For its name alone: nobody could vouch for its addresses.
                (names, addresses) -> enrolment.serving(),
                enrolment.codec(),
                metrics,
                environment);
    }

    /** The API as this node may use it. */
    public Client client() {
        return client;
    }

    /** Of the node. */
    public String name() {
        return name;
    }

    /** Ends pods, unless they shall be kept, and lets go of the node. Idempotent; returns when nothing is left. */
    @Override
    public void close() {
        teardown.close();
    }
}
