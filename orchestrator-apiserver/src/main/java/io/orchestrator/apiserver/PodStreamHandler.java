package io.orchestrator.apiserver;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.apiserver.http.Exchange;
import io.orchestrator.apiserver.route.Query;
import io.orchestrator.apiserver.route.RequestPath;
import io.orchestrator.apiserver.stream.StreamAnswers;
import io.orchestrator.core.embed.ControlPlane;
import io.orchestrator.spi.runtime.ExecSpec;
import java.util.Set;

/** Streams between a client and a pod of the cluster, as the subresources of pods offer them. Thread-safe. */
final class PodStreamHandler {
    private static final Set<String> SERVED = Set.of("exec", "attach", "portforward");

    private final ControlPlane plane;
    private final StreamAnswers streams;

    PodStreamHandler(ControlPlane plane, StreamAnswers streams) {
        this.plane = plane;
        this.streams = streams;
    }

    static boolean handles(RequestPath.OfResource path) {
        return path.group().isEmpty()
                && path.plural().equals("pods")
                && !path.name().isEmpty()
                && SERVED.contains(path.subresource())
                && path.rest().isEmpty();
    }

    void handle(Exchange exchange, RequestPath.OfResource path) {
        StreamAnswers.isWebSocket(exchange);
        switch (path.subresource()) {
            case "exec" -> exec(exchange, path);
            case "attach" -> attach(exchange, path);
            default -> forward(exchange, path);
        }
    }

    private void exec(Exchange exchange, RequestPath.OfResource path) {
        Query query = exchange.query();
        if (query.all("command").isEmpty()) {
            throw ApiException.badRequest("you must specify at least 1 command");
        }
        ExecSpec spec = new ExecSpec(query.all("command"), query.flag("stdin"), query.flag("tty"));
        streams.command(
                exchange,
                wanted(query),
                () -> plane.pods().exec(path.namespace(), path.name(), query.text("container"), spec));
    }

    private void attach(Exchange exchange, RequestPath.OfResource path) {
        Query query = exchange.query();
        streams.command(
                exchange,
                wanted(query),
                () -> plane.pods().attach(path.namespace(), path.name(), query.text("container"), query.flag("stdin")));
    }

    private static StreamAnswers.Wanted wanted(Query query) {
        return new StreamAnswers.Wanted(
                query.flag("stdin"), query.flag("stdout"), query.flag("stderr"), query.flag("tty"));
    }

    private void forward(Exchange exchange, RequestPath.OfResource path) {
        RunningPod.require(plane.registry(), path.namespace(), path.name());
        streams.forward(exchange, path.name(), port -> plane.pods().connect(path.namespace(), path.name(), port));
    }
}
