package io.orchestrator.core.registry;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.client.Target;
import io.orchestrator.api.meta.FieldSelector;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.core.registry.admission.Admission;
import java.util.List;
import java.util.Optional;

/**
 * A kind that is never stored: its objects are made when they are read. It can be read and listed, and nothing else; pages and
 * revisions mean nothing to it, so that a list is always whole.
 *
 * @param <T> the kind
 * @param refusal what those are told who want anything else
 */
public record Computed<T extends Resource>(ResourceType<T> type, Source<T> source, String refusal) {

    /** One of which nobody expects anything else. */
    public Computed(ResourceType<T> type, Source<T> source) {
        this(type, source, "the server does not allow this method on the requested resource");
    }

    /** Makes the objects. Thread-safe; may block for a bounded time. */
    public interface Source<T> {
        /** @param namespace empty for kinds that live in none */
        Optional<T> find(String namespace, String name, Admission.Lookup lookup);

        /** @param namespace empty for all of them */
        List<T> list(String namespace, Admission.Lookup lookup);
    }

    StoredObject get(Target<T> target, Admission.Lookup lookup, StoredObject.JsonForm form) {
        if (!target.subresource().isEmpty()) {
            throw new ApiException(Reason.NOT_FOUND, "the server could not find the requested resource");
        }
        if (type.namespaced() && target.namespace().isEmpty()) {
            throw ApiException.badRequest("namespace must be specified on requests for " + Failures.qualified(type));
        }
        T object = source.find(Targets.namespaceForList(target), target.name(), lookup)
                .orElseThrow(() -> Failures.notFound(type, target.name()));
        return StoredObject.answer(object, form);
    }

    Page list(Target<T> collection, ListOptions options, Admission.Lookup lookup, StoredObject.JsonForm form) {
        Selectors selectors = Selectors.of(options);
        selectors.fields().terms().forEach(this::requireKnown);
        List<StoredObject> found = source.list(Targets.namespaceForList(collection), lookup).stream()
                .filter(object -> selectors.labels().matches(object) && matches(selectors.fields(), object))
                .map(object -> StoredObject.answer(object, form))
                .toList();
        return new Page(0, found, "", null);
    }

    private void requireKnown(FieldSelector.Term term) {
        if (!term.field().equals("metadata.name") && !term.field().equals("metadata.namespace")) {
            throw Failures.unknownField(type, term.field());
        }
    }

    private static boolean matches(FieldSelector fields, Resource object) {
        for (FieldSelector.Term term : fields.terms()) {
            String value = term.field().equals("metadata.name")
                    ? object.metadata().name()
                    : object.metadata().namespace();
            if (value.equals(term.value()) == term.negated()) {
                return false;
            }
        }
        return true;
    }
}
