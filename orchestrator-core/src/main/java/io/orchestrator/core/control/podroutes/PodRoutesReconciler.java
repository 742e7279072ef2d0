package io.orchestrator.core.control.podroutes;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.ResourceClient;
import io.orchestrator.api.control.Context;
import io.orchestrator.api.control.ControllerSpec;
import io.orchestrator.api.control.ControllerSpec.Source;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.control.Outcome;
import io.orchestrator.api.control.Reconciler;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.api.model.core.ConfigMapBuilder;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.core.join.PodRoute;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Keeps the config map {@link PodRoute#ALL}. Where the subnets of two nodes overlap, the older node has its route and the other
 * none: packets can go one way only. A cluster whose nodes have no subnets has no such map.
 */
public final class PodRoutesReconciler implements Reconciler {
    private static final Comparator<Node> ELDEST_FIRST = Comparator.comparing(
                    (Node node) -> node.metadata().creationTimestamp(), Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(node -> node.metadata().name());

    private PodRoutesReconciler() {}

    public static ControllerSpec spec() {
        return ControllerSpec.named("pod-routes")
                .source(new Source<>(
                        Node.TYPE,
                        (node, view) -> List.of(PodRoute.ALL),
                        (before, after) -> !PodRoute.of(before).equals(PodRoute.of(after)),
                        List.of()))
                .watches(
                        ConfigMap.TYPE,
                        (map, view) -> ObjectKey.of(map).equals(PodRoute.ALL) ? List.of(PodRoute.ALL) : List.of())
                .with(new PodRoutesReconciler());
    }

    @Override
    public Outcome reconcile(ObjectKey key, Context context) {
        Map<String, String> wanted = routes(context.view().list(Node.TYPE, ""));
        Optional<ConfigMap> found = context.view().get(ConfigMap.TYPE, key);
        if (found.map(ConfigMap::data).orElse(Map.of()).equals(wanted)) {
            return Outcome.done();
        }
        ResourceClient<ConfigMap> maps =
                context.client().inNamespace(key.namespace()).configMaps();
        try {
            if (found.isPresent()) {
                maps.edit(key.name(), map -> map.withData(wanted));
            } else {
                maps.create(ConfigMapBuilder.builder()
                        .metadata(ObjectMeta.named(key.namespace(), key.name()))
                        .data(wanted)
                        .build());
            }
        } catch (ApiException e) {
            // Made or deleted by somebody else: the caches will tell.
            if (!e.isAlreadyExists() && !e.isNotFound()) {
                throw e;
            }
        }
        return Outcome.done();
    }

    private static Map<String, String> routes(List<Node> nodes) {
        Map<String, PodRoute> routes = new LinkedHashMap<>();
        nodes.stream()
                .sorted(ELDEST_FIRST)
                .forEach(node -> PodRoute.of(node)
                        .filter(route -> routes.values().stream().noneMatch(route::overlaps))
                        .ifPresent(route -> routes.put(node.metadata().name(), route)));
        Map<String, String> texts = new TreeMap<>();
        routes.forEach((node, route) -> texts.put(node, route.toString()));
        return texts;
    }
}
