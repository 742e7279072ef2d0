package io.orchestrator.core.registry.custom;

import io.orchestrator.core.registry.validation.Violations;
import io.orchestrator.core.schema.StructuralSchema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rules in CEL of one schema. Immutable. */
final class CustomRules {
    private CustomRules() {}

    static CustomRules of(StructuralSchema schema) {
        return new CustomRules();
    }

    void check(
            Map<String, @Nullable Object> object, @Nullable Map<String, @Nullable Object> old, Violations violations) {}
}
