package io.orchestrator.apiserver;

import io.orchestrator.apiserver.http.Exchange;
import io.orchestrator.apiserver.route.Query;
import io.orchestrator.apiserver.route.RequestPath;
import io.orchestrator.apiserver.stream.LogAnswer;
import io.orchestrator.core.embed.ControlPlane;

/** The output of containers. Each runs on the environment's executor. Thread-safe. */
final class LogHandler {
    private final ControlPlane plane;
    private final LogAnswer logs;

    LogHandler(ControlPlane plane, LogAnswer logs) {
        this.plane = plane;
        this.logs = logs;
    }

    static boolean handles(RequestPath.OfResource path) {
        return path.group().isEmpty()
                && path.plural().equals("pods")
                && !path.name().isEmpty()
                && path.subresource().equals("log")
                && path.rest().isEmpty();
    }

    void handle(Exchange exchange, RequestPath.OfResource path) {
        Query query = exchange.query();
        logs.answer(
                exchange,
                path.name(),
                wanted -> plane.pods()
                        .logs(path.namespace(), path.name(), query.text("container"), query.flag("previous"), wanted));
    }
}
