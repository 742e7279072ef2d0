package io.orchestrator.core.registry.validation;

import io.orchestrator.api.model.core.Service;

/** Rules. */
public final class ServiceUpdateValidation {
    private ServiceUpdateValidation() {}

    public static void service(Service wanted, Service current, Violations violations) {}
}
