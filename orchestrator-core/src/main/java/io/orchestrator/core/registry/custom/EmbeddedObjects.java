package io.orchestrator.core.registry.custom;

import io.orchestrator.api.meta.Names;
import io.orchestrator.core.registry.validation.Path;
import io.orchestrator.core.registry.validation.Violations;
import java.util.List;
import java.util.Map;

/** Objects of the API inside of others: they must say what they are. Pure functions. */
final class EmbeddedObjects {
    private EmbeddedObjects() {}

    static void check(Map<?, ?> object, Path path, Violations violations) {
        for (String field : List.of("apiVersion", "kind")) {
            if (!(object.get(field) instanceof String text) || text.isEmpty()) {
                violations.required(path.child(field), "must not be empty");
            }
        }
        if (object.get("metadata") instanceof Map<?, ?> metadata
                && metadata.get("name") instanceof String name
                && !name.isEmpty()) {
            Names.dnsSubdomain(name)
                    .forEach(
                            problem -> violations.invalid(path.child("metadata").child("name"), name, problem));
        }
    }
}
