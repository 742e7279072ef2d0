package io.orchestrator.samples.cluster;

import io.orchestrator.apiserver.node.NodeServer;
import io.orchestrator.core.client.config.PemFiles;
import io.orchestrator.core.embed.JoinedNode;
import io.orchestrator.core.embed.JoinedNodeBuilder;
import io.orchestrator.core.join.AuthorityPin;
import io.orchestrator.core.join.JoinToken;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs one node of a cluster whose control plane is elsewhere. */
@Command(
        name = "node",
        mixinStandardHelpOptions = true,
        description = "Joins a cluster as a node, and runs the pods that it is given until it is interrupted.")
final class NodeCommand implements Callable<Integer> {
    @Option(
            names = "--join",
            required = true,
            split = ",",
            description = "URL of the API server, such as https://10.0.0.5:6443; several of one cluster, with commas.")
    private List<URI> servers = List.of();

    @Option(names = "--token", description = "Bootstrap token; needed for the first time only.")
    private String token = "";

    @Option(names = "--name", required = true, description = "Name of the node.")
    private String name = "";

    @Option(names = "--ca-cert", description = "File with the certificate of the cluster's authority.")
    private @Nullable Path authority;

    @Option(
            names = {"--ca-cert-hash", "--discovery-token-ca-cert-hash"},
            description = "Hash of the authority's public key, sha256:..., in place of its certificate.")
    private String hash = "";

    @Option(
            names = "--runtime",
            defaultValue = "auto",
            description = "What runs the pods: auto, docker, process or simulated (${DEFAULT-VALUE}).")
    private String runtime = "";

    @Option(
            names = "--pod-cidr",
            description =
                    "Addresses for the pods of this node on Docker, such as 10.244.3.0/24, of no other machine: as"
                            + " root, pods of all nodes that have some reach each other.")
    private String podCidr = "";

    @Option(names = "--directory", description = "Where certificate, volumes and logs are kept (./node-NAME).")
    private @Nullable Path directory;

    @Option(
            names = "--address",
            description = "Where the API server reaches this machine (the address from which this one reaches it).")
    private String address = "";

    @Option(
            names = "--port",
            defaultValue = "10250",
            description = "The node's own port, 0 for any (${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--labels", split = ",", description = "Labels of the node, as in zone=a,disk=ssd.")
    private Map<String, String> labels = new LinkedHashMap<>();

    @Mixin
    private ProxyOption proxy = new ProxyOption();

    @Option(names = "--keep", description = "Leaves the pods running when it ends, for the next start to adopt.")
    private boolean keep;

    @Override
    public Integer call() throws Exception {
        EndSignal end = EndSignal.install(Thread.currentThread());
        try {
            run(end);
        } catch (RuntimeException | InterruptedException e) {
            // Whatever was waited for when the signal came was cut short by it.
            if (!end.isAsked()) {
                throw e;
            }
        } finally {
            end.reached();
        }
        return 0;
    }

    private void run(EndSignal end) throws IOException, InterruptedException {
        try (JoinedNode node = builder().start()) {
            try {
                Say.line("node %s has joined %s", node.name(), servers.get(0));
                end.await();
            } finally {
                // The signal interrupted this thread; closing waits, and must not be cut short.
                Thread.interrupted();
                Say.line("stopping%s", keep ? ", pods stay" : " the pods");
            }
        }
    }

    private JoinedNodeBuilder builder() throws IOException {
        RuntimeChoice choice = RuntimeChoice.of(runtime, podCidr);
        Say.line("runtime: %s", choice.description());
        JoinedNodeBuilder builder = proxy.applyTo(choice.applyTo(JoinedNode.named(name, servers.toArray(URI[]::new))))
                .directory(directory == null ? Path.of("node-" + name) : directory)
                .address(address)
                .agent(config -> labels.isEmpty() ? config : config.withLabels(labels))
                .nodeServer(NodeServer.onPort(port).on("0.0.0.0"));
        if (!token.isEmpty()) {
            builder.token(JoinToken.parse(token));
        }
        if (authority != null) {
            builder.authorities(PemFiles.certificates(Files.readString(authority), authority.toString()));
        }
        if (!hash.isEmpty()) {
            builder.authority(new AuthorityPin(hash));
        }
        return keep ? builder.keepPods() : builder;
    }
}
