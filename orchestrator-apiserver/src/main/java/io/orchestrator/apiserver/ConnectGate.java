package io.orchestrator.apiserver;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.client.Target;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.meta.Unstructured;
import io.orchestrator.apiserver.http.Exchange;
import io.orchestrator.apiserver.route.Query;
import io.orchestrator.apiserver.route.RequestPath;
import io.orchestrator.core.registry.Caller;
import io.orchestrator.core.registry.Registry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lets connections into pods, services and nodes pass admission: the operation is CONNECT, and its object says what is asked for,
 * such as {@code PodExecOptions}. Thread-safe.
 */
final class ConnectGate {
    private static final Map<String, String> PROXY_KINDS =
            Map.of("pods", "PodProxyOptions", "services", "ServiceProxyOptions", "nodes", "NodeProxyOptions");

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
        String kind = switch (path.subresource()) {
            case "exec" -> "PodExecOptions";
            case "attach" -> "PodAttachOptions";
            case "portforward" -> "PodPortForwardOptions";
            default -> PROXY_KINDS.getOrDefault(path.plural(), "ProxyOptions");
        };
        Map<String, @Nullable Object> fields = switch (path.subresource()) {
            case "exec" -> streams(query, true);
            case "attach" -> streams(query, false);
            case "portforward" -> ports(query);
            default -> Map.of("path", path.rest());
        };
        ResourceType<Unstructured> options = new ResourceType<>(
                "", "v1", kind, path.plural(), "", type.namespaced(), List.of(), List.of(), Unstructured.class);
        registry.connect(
                new Target<>(type, path.namespace(), path.name(), path.subresource()),
                options,
                new Unstructured(options.apiVersion(), kind, ObjectMeta.EMPTY, fields),
                caller);
    }

    private static Map<String, @Nullable Object> streams(Query query, boolean command) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (String flag : List.of("stdin", "stdout", "stderr", "tty")) {
            if (query.flag(flag)) {
                fields.put(flag, true);
            }
        }
        if (!query.text("container").isEmpty()) {
            fields.put("container", query.text("container"));
        }
        if (command) {
            fields.put("command", query.all("command"));
        }
        return fields;
    }

    private static Map<String, @Nullable Object> ports(Query query) {
        List<Object> ports = query.all("ports").stream()
                .filter(each -> each.matches("\\d{1,5}"))
                .<Object>map(Long::valueOf)
                .toList();
        return ports.isEmpty() ? Map.of() : Map.of("ports", ports);
    }
}
