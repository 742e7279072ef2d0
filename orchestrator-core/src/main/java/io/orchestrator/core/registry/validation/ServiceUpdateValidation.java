package io.orchestrator.core.registry.validation;

import io.orchestrator.api.model.core.Service;

/** What may change of a service: not its address, unless it becomes or was an external name. */
public final class ServiceUpdateValidation {
    private static final Path SPEC = Path.of("spec");

    private ServiceUpdateValidation() {}

    public static void service(Service wanted, Service current, Violations violations) {
        boolean external = wanted.spec().type().equals("ExternalName")
                || current.spec().type().equals("ExternalName");
        String before = current.spec().clusterIP();
        String after = wanted.spec().clusterIP();
        if (external || before.isEmpty() || before.equals(after)) {
            return;
        }
        violations.invalid(
                SPEC.child("clusterIPs").index(0),
                wanted.spec().clusterIPs(),
                after.isEmpty() ? "primary clusterIP can not be unset" : "may not change once set");
    }
}
