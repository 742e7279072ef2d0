package io.orchestrator.core.registry.validation;

import io.orchestrator.api.model.core.Pod;

/** What may change of a pod. */
public final class PodUpdateValidation {
    private PodUpdateValidation() {}

    public static void pod(Pod wanted, Pod current, Violations violations) {}
}
