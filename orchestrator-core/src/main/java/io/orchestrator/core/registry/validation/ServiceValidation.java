package io.orchestrator.core.registry.validation;

import io.orchestrator.api.model.core.Service;

/** Rules. */
public final class ServiceValidation {
    private ServiceValidation() {}

    public static void service(Service object, Violations violations) {}
}
