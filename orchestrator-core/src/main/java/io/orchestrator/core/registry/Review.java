package io.orchestrator.core.registry;

import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.core.registry.admission.Admission;

/**
 * A kind that is never stored: whoever posts one asks something, and gets it back with the answer in its status.
 *
 * @param <T> the kind
 */
public record Review<T extends Resource>(ResourceType<T> type, Answer<T> answer) {

    /** Answers. Thread-safe. */
    @FunctionalInterface
    public interface Answer<T> {
        /** @param namespace that was asked in; empty for kinds that live in none */
        T of(T asked, String namespace, Caller caller, Admission.Lookup lookup);
    }
}
