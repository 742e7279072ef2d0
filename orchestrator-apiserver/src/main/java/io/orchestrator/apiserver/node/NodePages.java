package io.orchestrator.apiserver.node;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.meta.ListMeta;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.apiserver.http.Exchange;
import io.orchestrator.apiserver.stream.NodeAnswer;
import io.orchestrator.core.codec.ListBody;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.metrics.Exposition;
import io.orchestrator.core.metrics.Metrics;
import io.orchestrator.spi.node.NodeMeter;
import io.orchestrator.spi.node.NodeReport;
import io.orchestrator.spi.node.NodeUsage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a kubelet tells of itself: its health, pods, figures, machine and settings. Whoever reads what is used waits for the
 * measurement. Thread-safe.
 */
public final class NodePages {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int OK = 200;
    private static final int FAILED = 500;
    private static final String JSON_TYPE = "application/json";
    private static final String TEXT = "text/plain; charset=utf-8";

    private final ObjectCodec codec;
    private final ListBody lists;

    public NodePages(ObjectCodec codec) {
        this.codec = codec;
        this.lists = new ListBody(codec);
    }

    /**
     * Answers with the page of this path; false when there is none.
     *
     * @throws ApiException with reason MethodNotAllowed when it is more than read
     */
    boolean answer(Exchange exchange, String path, LocalNode node) {
        Page page = page(exchange, path.replaceAll("/+$", ""), node);
        if (page == null) {
            return false;
        }
        if (!exchange.method().equals("GET") && !exchange.method().equals("HEAD")) {
            throw new ApiException(
                    Reason.METHOD_NOT_ALLOWED, "the server does not allow this method on the requested resource");
        }
        page.write();
        return true;
    }

    /** Answers the request that it was made for. */
    private interface Page {
        void write();
    }

    private @Nullable Page page(Exchange exchange, String path, LocalNode sides) {
        NodeReport node = sides.report();
        return switch (path) {
            case "/healthz", "/healthz/ping", "/healthz/log", "/healthz/syncloop" -> () -> health(exchange, node);
            case "/pods" -> () -> pods(exchange, node.pods());
            case "/runningpods" ->
                () -> pods(
                        exchange,
                        node.pods().stream()
                                .filter(pod -> pod.status().phase().equals("Running"))
                                .toList());
            case "/stats/summary" ->
                () -> {
                    boolean brief = exchange.query().flag("only_cpu_and_memory");
                    NodeUsage used = usage(sides.meter());
                    json(
                            exchange,
                            brief
                                    ? SummaryPage.brief(node, used)
                                    : SummaryPage.of(node, used, NodeAnswer.await(node.storage())));
                };
            case "/metrics" -> () -> figures(exchange, sides.metrics());
            case "/metrics/resource" ->
                () -> {
                    NodeUsage used = usage(sides.meter());
                    Metrics resource = new Metrics();
                    resource.add(gathering -> ResourceFigures.report(used, gathering));
                    figures(exchange, resource);
                };
            case "/spec" -> () -> json(exchange, MachinePage.of(node));
            case "/configz" -> () -> json(exchange, settings(node));
            default -> null;
        };
    }

    private static NodeUsage usage(NodeMeter meter) {
        return NodeAnswer.await(meter.usage());
    }

    private static void health(Exchange exchange, NodeReport node) {
        boolean well = node.isHealthy();
        String said =
                well ? "ok" : "[-]syncloop failed: the container runtime has not answered lately\nhealthz check failed";
        exchange.answer(well ? OK : FAILED, TEXT, said.getBytes(StandardCharsets.UTF_8));
    }

    private void pods(Exchange exchange, List<Pod> pods) {
        Iterator<byte[]> items = pods.stream().map(codec::encode).iterator();
        exchange.answer(OK, JSON_TYPE, lists.pieces("v1", "PodList", ListMeta.EMPTY, items));
    }

    private static void figures(Exchange exchange, Metrics metrics) {
        Exposition exposition = metrics.exposition(exchange.header("Accept"));
        exchange.answer(OK, exposition.contentType(), exposition.body());
    }

    private static Map<String, Object> settings(NodeReport node) {
        Map<String, Object> settings = new LinkedHashMap<>(node.settings());
        settings.put("kind", "KubeletConfiguration");
        settings.put("apiVersion", "kubelet.config.k8s.io/v1beta1");
        return Map.of("kubeletconfig", settings);
    }

    private static void json(Exchange exchange, Map<String, Object> page) {
        try {
            exchange.answer(OK, JSON_TYPE, JSON.writeValueAsBytes(page));
        } catch (IOException e) {
            throw new UncheckedIOException("a page of plain values cannot be written", e);
        }
    }
}
