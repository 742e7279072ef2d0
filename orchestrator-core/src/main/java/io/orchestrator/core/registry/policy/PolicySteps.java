package io.orchestrator.core.registry.policy;

import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.model.admissionregistration.ParamKind;
import io.orchestrator.core.auth.Authorizer;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.registry.Catalog;
import io.orchestrator.core.registry.ResourceStrategy;
import io.orchestrator.core.registry.admission.Admission;
import io.orchestrator.core.registry.webhook.Webhooks;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The steps of admission that objects describe. */
public final class PolicySteps {
    private PolicySteps() {}

    /**
     * These steps, and behind them those that judge by what is written down in objects: webhooks that mutate, policies, webhooks
     * that validate.
     *
     * @param catalog the kinds that are served at the moment of a request
     * @param authorizer whom the expressions of policies ask
     */
    public static List<Admission> behind(
            List<Admission> steps,
            ObjectCodec codec,
            Supplier<Catalog> catalog,
            Authorizer authorizer,
            Webhooks webhooks) {
        PolicyParameters parameters = new PolicyParameters(kind -> type(catalog.get(), kind));
        List<Admission> all = new ArrayList<>(steps);
        all.add(webhooks.mutatingBehind(steps));
        all.add(new PolicyAdmission(source(codec, catalog, authorizer), matcher(catalog), parameters));
        all.add(webhooks.validating());
        return all;
    }

    /** What says of webhooks whether a request is meant. @param authorizer whom their conditions ask */
    public static RequestJudge judge(ObjectCodec codec, Supplier<Catalog> catalog, Authorizer authorizer) {
        return new RequestJudge(source(codec, catalog, authorizer), matcher(catalog));
    }

    private static RequestValues.Source source(ObjectCodec codec, Supplier<Catalog> catalog, Authorizer authorizer) {
        return new RequestValues.Source(codec, new Forms(catalog), authorizer);
    }

    private static RequestMatcher matcher(Supplier<Catalog> catalog) {
        return new RequestMatcher(stored -> forms(catalog.get(), stored));
    }

    private static Collection<ResourceType<?>> forms(Catalog catalog, ResourceType<?> stored) {
        List<ResourceType<?>> forms = new ArrayList<>();
        for (ResourceStrategy<?> strategy : catalog.strategies()) {
            add(strategy.type(), strategy.type(), stored, forms);
        }
        catalog.versions().forEach(form -> add(form.type(), form.stored(), stored, forms));
        return forms;
    }

    private static void add(
            ResourceType<?> form, ResourceType<?> of, ResourceType<?> stored, List<ResourceType<?>> to) {
        if (of.group().equals(stored.group()) && of.plural().equals(stored.plural())) {
            to.add(form);
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
