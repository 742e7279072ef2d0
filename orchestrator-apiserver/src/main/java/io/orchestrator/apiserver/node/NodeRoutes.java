package io.orchestrator.apiserver.node;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import io.orchestrator.apiserver.http.Exchange;
import io.orchestrator.apiserver.route.Query;
import io.orchestrator.apiserver.stream.LogAnswer;
import io.orchestrator.apiserver.stream.StreamAnswers;
import io.orchestrator.spi.node.NodeEndpoint;
import io.orchestrator.spi.node.NodeReport;
import io.orchestrator.spi.runtime.ExecSpec;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * What a kubelet serves, path by path: its pages, and the streams into its pods. For a node's own port, and for nodes of this
 * process that are asked through the API server. Thread-safe.
 */
public final class NodeRoutes {
    private static final int OF_POD = 3;
    private static final int OF_CONTAINER = 4;

    private final NodePages pages;
    private final StreamAnswers streams;
    private final LogAnswer logs;

    public NodeRoutes(NodePages pages, StreamAnswers streams, LogAnswer logs) {
        this.pages = pages;
        this.streams = streams;
        this.logs = logs;
    }

    /**
     * Answers a request; may block for as long as its client likes.
     *
     * @param path as a kubelet knows it, encoded
     * @throws ApiException with reason NotFound when there is no such page, and as the agent refuses
     */
    public void handle(Exchange exchange, String path, LocalNode node) {
        NodeReport report = node.report();
        NodeEndpoint pods = node.pods();
        List<String> parts = Arrays.stream(path.split("/"))
                .filter(part -> !part.isEmpty())
                .map(part -> URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8))
                .toList();
        Query query = exchange.query();
        switch (parts.isEmpty() ? "" : parts.get(0)) {
            case "containerLogs" -> {
                require(parts, OF_CONTAINER, OF_CONTAINER, report, path);
                logs.answer(
                        exchange,
                        parts.get(2),
                        wanted -> pods.logs(parts.get(1), parts.get(2), parts.get(3), query.flag("previous"), wanted));
            }
            case "exec" -> exec(exchange, containerOf(parts, report, path), pods);
            case "attach" -> {
                ContainerName to = containerOf(parts, report, path);
                streams.command(
                        exchange,
                        wanted(query),
                        () -> pods.attach(
                                to.namespace(),
                                to.pod(),
                                to.container(),
                                wanted(query).stdin()));
            }
            case "portForward" -> {
                // the pod's uid may follow
                require(parts, OF_POD, OF_POD + 1, report, path);
                streams.forward(exchange, parts.get(2), port -> pods.connect(parts.get(1), parts.get(2), port));
            }
            default -> {
                if (!pages.answer(exchange, path, node)) {
                    throw noSuchPage(report.nodeName(), path);
                }
            }
        }
    }

    private void exec(Exchange exchange, ContainerName in, NodeEndpoint pods) {
        List<String> command = exchange.query().all("command");
        if (command.isEmpty()) {
            throw ApiException.badRequest("you must specify at least 1 command");
        }
        StreamAnswers.Wanted wanted = wanted(exchange.query());
        ExecSpec spec = new ExecSpec(command, wanted.stdin(), wanted.tty());
        streams.command(exchange, wanted, () -> pods.exec(in.namespace(), in.pod(), in.container(), spec));
    }

    /** Kubelets know the streams by other names than the API does. */
    private static StreamAnswers.Wanted wanted(Query query) {
        return new StreamAnswers.Wanted(
                query.flag("input") || query.flag("stdin"),
                query.flag("output") || query.flag("stdout"),
                query.flag("error") || query.flag("stderr"),
                query.flag("tty"));
    }

    private record ContainerName(String namespace, String pod, String container) {}

    /** The pod's uid may stand before the container. */
    private static ContainerName containerOf(List<String> parts, NodeReport report, String path) {
        require(parts, OF_CONTAINER, OF_CONTAINER + 1, report, path);
        return new ContainerName(parts.get(1), parts.get(2), parts.get(parts.size() - 1));
    }

    private static void require(List<String> parts, int least, int most, NodeReport report, String path) {
        if (parts.size() < least || parts.size() > most) {
            throw noSuchPage(report.nodeName(), path);
        }
    }

    static ApiException noSuchPage(String node, String path) {
        return new ApiException(Reason.NOT_FOUND, "the agent of node \"" + node + "\" serves no page " + path);
    }
}
