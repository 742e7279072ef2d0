package io.orchestrator.core.registry.server;

import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.apiregistration.APIService;
import io.orchestrator.api.model.apiregistration.APIServiceBuilder;
import io.orchestrator.api.model.apiregistration.APIServiceCondition;
import io.orchestrator.api.model.apiregistration.APIServiceSpecBuilder;
import io.orchestrator.api.model.apiregistration.APIServiceStatus;
import io.orchestrator.core.registry.Catalog;
import io.orchestrator.core.registry.Computed;
import io.orchestrator.core.registry.admission.Admission;
import io.orchestrator.core.schema.VersionPriority;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * An {@code APIService} for each version of each group that this server serves, those of custom resources included. All are
 * local and available: other servers are not asked, so that none can be registered.
 */
public final class LocalApiServices implements Computed.Source<APIService> {
    /** What whoever wants to register another server is told. */
    public static final String READ_ONLY =
            "apiservices.apiregistration.k8s.io can be read, and neither written nor watched: "
                    + "this server serves all its groups itself, and does not aggregate the APIs of other servers";

    private static final int CORE_PRIORITY = 18_000;
    private static final int BUILT_IN_PRIORITY = 17_000;
    private static final int CUSTOM_PRIORITY = 1_000;
    private static final int BUILT_IN_VERSION = 15;
    private static final int CUSTOM_VERSION = 100;

    private final Supplier<Catalog> catalog;
    private final Instant since;

    /** @param since when the server began to serve */
    public LocalApiServices(Supplier<Catalog> catalog, Instant since) {
        this.catalog = catalog;
        this.since = since;
    }

    @Override
    public Optional<APIService> find(String namespace, String name, Admission.Lookup lookup) {
        return list(namespace, lookup).stream()
                .filter(service -> service.metadata().name().equals(name))
                .findFirst();
    }

    @Override
    public List<APIService> list(String namespace, Admission.Lookup lookup) {
        // By group, and for each of its versions whether it is one of custom resources.
        Map<String, Map<String, Boolean>> groups = new TreeMap<>();
        Catalog now = catalog.get();
        now.strategies()
                .forEach(strategy ->
                        add(groups, strategy.type(), strategy.structure().isPresent()));
        now.versions().forEach(version -> add(groups, version.type(), false));
        now.reviews().forEach(review -> add(groups, review.type(), false));
        now.computed().forEach(computed -> add(groups, computed.type(), false));
        List<APIService> all = new ArrayList<>();
        groups.forEach((group, versions) -> {
            int place = 0;
            for (Map.Entry<String, Boolean> version : versions.entrySet()) {
                all.add(service(group, version.getKey(), version.getValue(), place));
                place++;
            }
        });
        return all;
    }

    private static void add(Map<String, Map<String, Boolean>> groups, ResourceType<?> type, boolean custom) {
        groups.computeIfAbsent(type.group(), key -> new TreeMap<>(VersionPriority.FIRST_PREFERRED))
                .merge(type.version(), custom, Boolean::logicalAnd);
    }

    private APIService service(String group, String version, boolean custom, int place) {
        int priority = group.isEmpty() ? CORE_PRIORITY : custom ? CUSTOM_PRIORITY : BUILT_IN_PRIORITY;
        Time time = Time.of(since);
        return APIServiceBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .name(version + "." + group)
                        .labels(Map.of("kube-aggregator.kubernetes.io/automanaged", custom ? "true" : "onstart"))
                        .creationTimestamp(time)
                        .build())
                .spec(APIServiceSpecBuilder.builder()
                        .group(group)
                        .version(version)
                        .groupPriorityMinimum(priority)
                        .versionPriority((custom ? CUSTOM_VERSION : BUILT_IN_VERSION) - place)
                        .build())
                .status(new APIServiceStatus(List.of(new APIServiceCondition(
                        "Available", "True", time, "Local", "Local APIServices are always available"))))
                .build();
    }
}
