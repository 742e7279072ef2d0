package io.orchestrator.core.registry.validation;

import io.orchestrator.api.model.coordination.Lease;
import io.orchestrator.api.model.core.Event;
import io.orchestrator.api.model.core.Node;

/** Rules. */
public final class ClusterValidation {
    private ClusterValidation() {}

    public static void node(Node object, Violations violations) {}

    public static void event(Event object, Violations violations) {}

    public static void lease(Lease object, Violations violations) {}

    public static void nodeUpdate(Node wanted, Node current, Violations violations) {}
}
