package io.orchestrator.core.registry.custom;

import io.orchestrator.core.registry.validation.Path;
import io.orchestrator.core.registry.validation.Violations;
import io.orchestrator.core.schema.StructuralSchema;
import java.util.List;
import java.util.Map;

/** Whether the defaults that a schema gives are values that it allows. Confined. */
final class DefaultsValidation {
    private final Violations violations;

    DefaultsValidation(Violations violations) {
        this.violations = violations;
    }

    void check(StructuralSchema schema, Path path) {
        schema.defaultValue().ifPresent(value -> value(value, schema, path.child("default")));
        for (Map.Entry<String, StructuralSchema> property : schema.properties().entrySet()) {
            check(property.getValue(), path.child("properties").key(property.getKey()));
        }
        StructuralSchema items = schema.items();
        if (items != null) {
            check(items, path.child("items"));
        }
        StructuralSchema additional = schema.additional();
        if (additional != null) {
            check(additional, path.child("additionalProperties"));
        }
    }

    private void value(Object value, StructuralSchema schema, Path path) {
        List<String> unknown = Pruning.unknownIn(value, schema);
        if (!unknown.isEmpty()) {
            violations.invalid(path, value, "must not have unknown fields: " + String.join(", ", unknown));
        }
        Object complete = Defaulting.value(value, schema);
        new ValueValidation(violations).check(complete, null, schema, path);
    }
}
