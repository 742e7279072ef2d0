package io.orchestrator.apiserver;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.client.Target;
import io.orchestrator.api.meta.ListMeta;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.apiserver.http.Exchange;
import io.orchestrator.apiserver.proxy.ProxyName;
import io.orchestrator.core.codec.ListBody;
import io.orchestrator.core.embed.ControlPlane;
import io.orchestrator.core.registry.StoredObject;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;

/**
 * What a kubelet tells over HTTP, of agents that have no port of their own: whether the node is well, and its pods. The rest
 * of a kubelet's pages is refused by name. Thread-safe.
 */
final class NodePages {
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;
    private static final String TEXT = "text/plain; charset=utf-8";

    private final ControlPlane plane;
    private final ListBody lists;

    NodePages(ControlPlane plane) {
        this.plane = plane;
        this.lists = new ListBody(plane.codec());
    }

    void answer(Exchange exchange, ProxyName name, String path) {
        Node node = (Node)
                plane.registry().get(Target.object(Node.TYPE, "", name.name())).object();
        if (!exchange.method().equals("GET") && !exchange.method().equals("HEAD")) {
            throw new ApiException(
                    Reason.METHOD_NOT_ALLOWED, "the server does not allow this method on the requested resource");
        }
        switch (path.replaceAll("/+$", "")) {
            case "/healthz" -> health(exchange, node);
            case "/pods", "/runningpods" -> pods(exchange, name.name());
            default ->
                throw new ApiException(
                        Reason.NOT_FOUND, "the agent of node \"" + name.name() + "\" serves no page " + path);
        }
    }

    private static void health(Exchange exchange, Node node) {
        boolean well = node.status().conditions().stream()
                .anyMatch(condition ->
                        condition.type().equals("Ready") && condition.status().equals("True"));
        exchange.answer(well ? OK : UNAVAILABLE, TEXT, (well ? "ok" : "not ready").getBytes(StandardCharsets.UTF_8));
    }

    private void pods(Exchange exchange, String node) {
        var pods = plane.registry()
                .list(Target.collection(Pod.TYPE, ""), ListOptions.all().fields("spec.nodeName=" + node));
        Iterator<byte[]> items = pods.objects().stream().map(StoredObject::json).iterator();
        exchange.answer(OK, Accept.JSON, lists.pieces("v1", "PodList", ListMeta.EMPTY, items));
    }
}
