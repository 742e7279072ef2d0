package io.orchestrator.core.registry.validation;

import io.orchestrator.api.model.core.Endpoints;
import io.orchestrator.api.model.discovery.EndpointSlice;

/** Rules. */
public final class EndpointsValidation {
    private EndpointsValidation() {}

    public static void endpoints(Endpoints object, Violations violations) {}

    public static void slice(EndpointSlice object, Violations violations) {}

    public static void sliceUpdate(EndpointSlice wanted, EndpointSlice current, Violations violations) {}
}
