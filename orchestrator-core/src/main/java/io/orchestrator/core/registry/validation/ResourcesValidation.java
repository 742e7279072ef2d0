package io.orchestrator.core.registry.validation;

import io.orchestrator.api.meta.Names;
import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.core.ResourceRequirements;
import java.util.Map;

/** What must hold of requests and limits. */
final class ResourcesValidation {
    private ResourcesValidation() {}

    static void requirements(ResourceRequirements resources, Path field, Violations violations) {
        amounts(resources.limits(), field.child("limits"), violations);
        amounts(resources.requests(), field.child("requests"), violations);
        resources.requests().forEach((name, request) -> {
            Quantity limit = resources.limits().get(name);
            boolean indivisible = name.indexOf('/') > 0 || name.startsWith("hugepages-");
            if (limit == null) {
                if (indivisible) {
                    violations.required(field.child("limits"), "Limit must be set for non overcommitable resources");
                }
            } else if (indivisible && request.compareTo(limit) != 0) {
                violations.invalid(field.child("requests"), request, "must be equal to " + name + " limit of " + limit);
            } else if (request.compareTo(limit) > 0) {
                violations.invalid(
                        field.child("requests"),
                        request,
                        "must be less than or equal to " + name + " limit of " + limit);
            }
        });
    }

    private static void amounts(Map<String, Quantity> amounts, Path field, Violations violations) {
        amounts.forEach((name, amount) -> {
            violations.invalid(field.key(name), name, Names.qualifiedName(name));
            if (amount.signum() < 0) {
                violations.invalid(field.key(name), amount, "must be greater than or equal to 0");
            }
        });
    }
}
