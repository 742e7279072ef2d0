package io.orchestrator.core.registry;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.meta.FieldSelector;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.Selector;
import io.orchestrator.core.registry.cache.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** The selectors of a request, checked against what a kind can be selected by. Immutable. */
record Selectors(Selector labels, FieldSelector fields) {

    static Selectors of(ListOptions options) {
        return new Selectors(
                read(options.labelSelector(), Selector::parse), read(options.fieldSelector(), FieldSelector::parse));
    }

    private static <S> S read(String text, Function<String, S> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest("unable to parse requirement: " + e.getMessage());
        }
    }

    boolean everything() {
        return labels.isEmpty() && fields.isEmpty();
    }

    /** @throws ApiException with reason BadRequest when a field cannot be selected by */
    <T extends Resource> Selection on(ResourceStrategy<T> strategy, String namespace) {
        List<Predicate<T>> terms = new ArrayList<>();
        for (FieldSelector.Term term : fields.terms()) {
            Function<T, String> getter = getter(strategy, term.field());
            terms.add(object -> getter.apply(object).equals(term.value()) != term.negated());
        }
        String trigger = strategy.triggerField().isEmpty()
                ? ""
                : fields.exactValueOf(strategy.triggerField()).orElse("");
        Class<T> kind = strategy.type().objectClass();
        return new Selection(
                StoreKeys.folder(strategy.type(), namespace),
                object -> {
                    if (!labels.matches(object)) {
                        return false;
                    }
                    T typed = kind.cast(object);
                    for (Predicate<T> term : terms) {
                        if (!term.test(typed)) {
                            return false;
                        }
                    }
                    return true;
                },
                trigger);
    }

    private static <T extends Resource> Function<T, String> getter(ResourceStrategy<T> strategy, String field) {
        if (field.equals("metadata.name")) {
            return object -> object.metadata().name();
        }
        if (field.equals("metadata.namespace")) {
            return object -> object.metadata().namespace();
        }
        Function<T, String> getter = strategy.selectableFields().get(field);
        if (getter == null) {
            throw Failures.unknownField(strategy.type(), field);
        }
        return getter;
    }
}
