package io.orchestrator.apiserver;

import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.model.core.Binding;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.embed.ControlPlane;
import io.orchestrator.core.openapi.ServedResource;
import io.orchestrator.core.registry.Catalog;
import io.orchestrator.core.registry.ResourceStrategy;
import io.orchestrator.core.registry.Subresource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What the catalog serves, as discovery and OpenAPI tell it. Read at each request, so that later kinds are seen. */
final class ServedKinds {
    private static final Set<String> VERBS = new LinkedHashSet<>(
            List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"));
    private static final Set<String> SINGLE_VERBS = new LinkedHashSet<>(VERBS);
    private static final Set<String> PROXY_VERBS =
            new LinkedHashSet<>(List.of("create", "delete", "get", "patch", "update"));
    private static final Set<String> STATUS_VERBS = new LinkedHashSet<>(List.of("get", "patch", "update"));

    private static final Set<String> ASKED = Set.of("create");
    private static final Set<String> READ = Set.of("get", "list");

    static {
        SINGLE_VERBS.remove("deletecollection");
    }

    private final ControlPlane plane;

    ServedKinds(ControlPlane plane) {
        this.plane = plane;
    }

    /** What decides whether documents made before still hold. */
    Catalog version() {
        return plane.registry().catalog();
    }

    List<ServedResource> all() {
        List<ServedResource> served = new ArrayList<>();
        Catalog catalog = version();
        catalog.strategies().forEach(strategy -> served.add(served(strategy, strategy.type())));
        catalog.versions().forEach(version -> served.add(served(catalog.strategy(version.stored()), version.type())));
        catalog.reviews().forEach(review -> served.add(new ServedResource(review.type(), ASKED, List.of())));
        served.add(new ServedResource(Binding.TYPE, ASKED, List.of()));
        catalog.computed().forEach(each -> served.add(new ServedResource(each.type(), READ, List.of())));
        return served;
    }

    private static <T extends Resource> ServedResource served(ResourceStrategy<T> strategy, ResourceType<?> type) {
        List<ServedResource.Part> parts = new ArrayList<>();
        if (strategy.hasStatus()) {
            parts.add(new ServedResource.Part("status", type, STATUS_VERBS));
        }
        for (Subresource<T, ?> each : strategy.subresources().values()) {
            parts.add(new ServedResource.Part(each.name(), each.body(), each.verbs()));
        }
        if (type.equals(Pod.TYPE)) {
            parts.add(new ServedResource.Part("log", type, Set.of("get")));
            for (String stream : List.of("attach", "exec", "portforward")) {
                parts.add(new ServedResource.Part(stream, type, Set.of("create", "get")));
            }
        }
        if (type.group().isEmpty() && ProxyHandler.PROXIED.contains(type.plural())) {
            parts.add(new ServedResource.Part("proxy", type, PROXY_VERBS));
        }
        return new ServedResource(
                type,
                strategy.deletesMany() ? VERBS : SINGLE_VERBS,
                parts,
                strategy.structure().orElse(null));
    }
}
