package io.orchestrator.apiserver;

import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.meta.Unstructured;
import io.orchestrator.apiserver.http.Exchange;
import io.orchestrator.apiserver.route.RequestPath;
import io.orchestrator.core.registry.Catalog;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Which requests are so brief that the thread that has read them may serve them, too: one object of a built-in kind is read or
 * written, and nobody is waited for. Everything else gets a thread of its own, as it may take its time. Thread-safe.
 */
final class Brevity {
    /** What is larger takes longer to read than it takes to wake another thread. */
    private static final int SMALL_BODY = 64 * 1024;

    private static final Set<String> PARTS = Set.of("", "status", "binding");
    /** A change of its objects changes what is served. */
    private static final String DEFINITIONS = "apiextensions.k8s.io";

    private final boolean possible;
    private final Supplier<Catalog> catalog;
    private final BooleanSupplier asksOthers;

    /**
     * @param possible whether any request may be brief
     * @param catalog what is served now
     * @param asksOthers whether writes are judged now by what takes its time
     */
    Brevity(boolean possible, Supplier<Catalog> catalog, BooleanSupplier asksOthers) {
        this.possible = possible;
        this.catalog = catalog;
        this.asksOthers = asksOthers;
    }

    /** Whether any request may be brief; otherwise none ever is. */
    boolean isPossible() {
        return possible;
    }

    boolean isBrief(Exchange exchange) {
        // One connection of HTTP/2 carries what many ask at a time: they must not wait for each other.
        if (!possible || !exchange.isOneAtATime()) {
            return false;
        }
        try {
            return isBrief(exchange.method(), exchange.path(), exchange.bodyLength());
        } catch (IllegalArgumentException unreadable) {
            return false;
        }
    }

    /** @param bodyLength negative where it is not known yet */
    boolean isBrief(String method, RequestPath path, long bodyLength) {
        return switch (method) {
            case "GET" -> isOfObject(method, path);
            case "POST", "PUT", "PATCH", "DELETE" ->
                bodyLength >= 0 && bodyLength <= SMALL_BODY && isOfObject(method, path) && !asksOthers.getAsBoolean();
            default -> false;
        };
    }

    private boolean isOfObject(String method, RequestPath path) {
        if (!(path instanceof RequestPath.OfResource resource)
                || resource.watched()
                || !PARTS.contains(resource.subresource())) {
            return false;
        }
        boolean creates = method.equals("POST") && resource.subresource().isEmpty();
        return creates == resource.name().isEmpty() && isBuiltIn(resource);
    }

    private boolean isBuiltIn(RequestPath.OfResource path) {
        Catalog served = catalog.get();
        return !path.group().equals(DEFINITIONS)
                && served.find(path.group(), path.version(), path.plural())
                        .filter(type -> isStoredRecord(served, type))
                        .isPresent();
    }

    private static boolean isStoredRecord(Catalog served, ResourceType<?> type) {
        return type.objectClass() != Unstructured.class && served.stored(type).isPresent();
    }
}
