package io.orchestrator.core.embed;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.core.agent.AgentConfig;
import io.orchestrator.core.agent.ImageLimits;
import io.orchestrator.core.agent.LinuxMemoryDisk;
import io.orchestrator.core.agent.LinuxSignals;
import io.orchestrator.core.agent.LinuxSubPaths;
import io.orchestrator.core.agent.NodeAgent;
import io.orchestrator.core.auth.CertificateAuthority;
import io.orchestrator.core.client.Informer;
import io.orchestrator.core.client.NodeDirectory;
import io.orchestrator.core.client.SharedInformers;
import io.orchestrator.core.control.EventRecorder;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.metrics.Metrics;
import io.orchestrator.core.metrics.ProcessFigures;
import io.orchestrator.spi.runtime.ContainerRuntime;
import io.orchestrator.spi.runtime.RuntimeOwner;
import io.orchestrator.spi.runtime.SandboxSpec.DnsSetup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The agents of the nodes that live in this JVM. They share the engine and the cache of services, and nothing else. */
final class NodeAgents {
    private static final Logger LOG = LoggerFactory.getLogger(NodeAgents.class);
    /** Beyond the pods' own grace: for the engine to kill and remove. */
    private static final Duration REMOVAL = Duration.ofSeconds(30);

    private final List<NodeAgent> agents;

    private NodeAgents(List<NodeAgent> agents) {
        this.agents = agents;
    }

    static NodeAgents start(
            ClusterBuilder builder,
            String clusterId,
            PodEngine engine,
            DnsSetup resolver,
            SharedInformers informers,
            NodeDirectory connections,
            StateLayer state,
            Path directory,
            Function<String, Client> clients,
            Teardown teardown) {
        Environment environment = state.environment();
        Informer<Service> services = informers.informer(Service.TYPE);
        List<NodeAgent> agents = new ArrayList<>();
        for (String name : builder.nodes) {
            Client client = clients.apply("kubelet");
            EventRecorder events = teardown.add("events", new EventRecorder(client, "kubelet", environment));
            ContainerRuntime runtime =
                    teardown.add("runtime of " + name, engine.provider().forNode(new RuntimeOwner(clusterId, name)));
            AgentConfig config = builder.agents.apply(
                    AgentConfig.of(clusterId, name, directory.resolve("nodes").resolve(name))
                            .withDns(resolver, builder.domain)
                            .withVolumes(directory.resolve("volumes")));
            NodeAgent agent = teardown.add(
                    "agent of " + name, new NodeAgent(config, client, runtime, services, events, environment));
            teardown.add("connection to " + name, connections.register(name, agent));
            teardown.add("meter of " + name, connections.meter(name, agent));
            Metrics metrics = new Metrics();
            metrics.add(agent.figures());
            metrics.add(new ProcessFigures());
            teardown.add("pages of " + name, connections.tell(name, new NodeDirectory.Told(agent, metrics)));
            if (builder.nodeDoor != null) {
                ServedNode served = served(config, agent, client, state, metrics);
                agent.servedOn(teardown.add("door of " + name, builder.nodeDoor.open(served))
                        .port());
            }
            extras(builder, config, agent);
            agent.keepsInMemory(LinuxMemoryDisk.ofThisMachine());
            agent.holds(LinuxSubPaths.ofThisMachine(config.directory()));
            agent.start();
            agents.add(agent);
        }
        return new NodeAgents(List.copyOf(agents));
    }

    /** What an agent does only where it is told to. */
    private static void extras(ClusterBuilder builder, AgentConfig config, NodeAgent agent) {
        if (builder.pressure != null) {
            LinuxSignals signals = new LinuxSignals(made(config.directory()));
            agent.relieve(signals, builder.pressure);
            agent.collectImages(signals, ImageLimits.standard());
        }
        if (builder.manifests != null) {
            agent.runManifests(builder.manifests);
        }
    }

    private static Path made(Path directory) {
        try {
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("the directory of a node cannot be made", e);
        }
    }

    private static ServedNode served(
            AgentConfig config, NodeAgent agent, Client client, StateLayer state, Metrics metrics) {
        CertificateAuthority authority = state.access().keys().authority();
        return new ServedNode(
                config.nodeName(),
                config.hostIp(),
                agent,
                client,
                authority.certificate(),
                authority::issueServer,
                state.codec(),
                metrics,
                state.environment());
    }

    /** Has all pods fail because their nodes are switched off, and returns when that is said or the time is over. */
    void shutDown(Duration grace, Duration criticalGrace) throws InterruptedException {
        Duration longest = grace.plus(criticalGrace).plus(REMOVAL);
        await(agents.stream().map(agent -> agent.shutDown(grace, criticalGrace)), longest);
    }

    /** Ends all pods, and returns when none is left or none goes any more. */
    void endPods(Duration grace) throws InterruptedException {
        LastPods.end(agents, grace);
    }

    private static void await(Stream<CompletionStage<Void>> ends, Duration longest) throws InterruptedException {
        CompletableFuture<?>[] all =
                ends.map(CompletionStage::toCompletableFuture).toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(all).get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("some pods may be left behind", e);
        }
    }
}
