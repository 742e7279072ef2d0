package io.orchestrator.apiserver;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.client.Target;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.apiserver.http.Exchange;
import io.orchestrator.apiserver.route.Query;
import io.orchestrator.apiserver.route.RequestPath;
import io.orchestrator.core.registry.Caller;
import io.orchestrator.core.registry.ConnectOptions;
import io.orchestrator.core.registry.Registry;
import java.util.List;

/**
 * Lets connections into pods, services and nodes pass admission: the operation is CONNECT, and its object says what is asked for,
 * such as {@code PodExecOptions}. Thread-safe.
 */
final class ConnectGate {
    private final Registry registry;

    ConnectGate(Registry registry) {
        this.registry = registry;
    }

    /** @throws ApiException when a step of admission refuses */
    void require(Exchange exchange, RequestPath.OfResource path, Caller caller) {
        ResourceType<?> type = registry.catalog()
                .find(path.group(), path.version(), path.plural())
                .orElseThrow(
                        () -> new ApiException(Reason.NOT_FOUND, "the server could not find the requested resource"));
        require(type, exchange, path, caller);
    }

    private <T extends Resource> void require(
            ResourceType<T> type, Exchange exchange, RequestPath.OfResource path, Caller caller) {
        Query query = exchange.query();
        ConnectOptions options = switch (path.subresource()) {
            case "exec" -> ConnectOptions.exec(streams(query), query.text("container"), query.all("command"));
            case "attach" -> ConnectOptions.attach(streams(query), query.text("container"));
            case "portforward" -> ConnectOptions.portForward(ports(query));
            default -> ConnectOptions.proxy(type, path.rest());
        };
        registry.connect(new Target<>(type, path.namespace(), path.name(), path.subresource()), options, caller);
    }

    private static ConnectOptions.Streams streams(Query query) {
        return new ConnectOptions.Streams(
                query.flag("stdin"), query.flag("stdout"), query.flag("stderr"), query.flag("tty"));
    }

    private static List<Integer> ports(Query query) {
        return query.all("ports").stream()
                .filter(each -> each.matches("\\d{1,5}"))
                .map(Integer::valueOf)
                .toList();
    }
}
