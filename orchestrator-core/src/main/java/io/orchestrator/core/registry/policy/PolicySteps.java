package io.orchestrator.core.registry.policy;

import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.model.admissionregistration.ParamKind;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.registry.Catalog;
import io.orchestrator.core.registry.ResourceStrategy;
import io.orchestrator.core.registry.admission.Admission;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The steps of admission that objects describe. */
public final class PolicySteps {
    private PolicySteps() {}

    /**
     * These steps, and behind them those that judge by what is written down in objects.
     *
     * @param catalog the kinds that are served at the moment of a request
     */
    public static List<Admission> behind(List<Admission> steps, ObjectCodec codec, Supplier<Catalog> catalog) {
        RequestMatcher matcher = new RequestMatcher((group, plural) -> versions(catalog.get(), group, plural));
        PolicyParameters parameters = new PolicyParameters(kind -> type(catalog.get(), kind));
        List<Admission> all = new ArrayList<>(steps);
        all.add(new PolicyAdmission(codec, matcher, parameters));
        return all;
    }

    private static Collection<String> versions(Catalog catalog, String group, String plural) {
        List<String> versions = new ArrayList<>();
        for (ResourceStrategy<?> strategy : catalog.strategies()) {
            add(strategy.type(), group, plural, versions);
        }
        catalog.versions().forEach(form -> add(form.type(), group, plural, versions));
        return versions;
    }

    private static void add(ResourceType<?> type, String group, String plural, List<String> versions) {
        if (type.group().equals(group) && type.plural().equals(plural)) {
            versions.add(type.version());
        }
    }

    private static Optional<ResourceType<?>> type(Catalog catalog, ParamKind kind) {
        return catalog.strategies().stream()
                .<ResourceType<?>>map(ResourceStrategy::type)
                .filter(type -> type.apiVersion().equals(kind.apiVersion())
                        && type.kind().equals(kind.kind()))
                .findFirst();
    }
}
