package io.orchestrator.core.registry.validation;

import io.orchestrator.api.meta.LabelSelector;
import io.orchestrator.api.meta.LabelSelectorRequirement;
import io.orchestrator.api.meta.Names;
import io.orchestrator.api.meta.Selector;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What must hold of selectors, and of the templates that they select. */
final class SelectorValidation {
    private SelectorValidation() {}

    static void selector(@Nullable LabelSelector selector, Path field, Violations violations) {
        if (selector == null) {
            return;
        }
        MetadataValidation.labels(selector.matchLabels(), field.child("matchLabels"), violations);
        for (int i = 0; i < selector.matchExpressions().size(); i++) {
            requirement(
                    selector.matchExpressions().get(i),
                    field.child("matchExpressions").index(i),
                    violations);
        }
    }

    private static void requirement(LabelSelectorRequirement requirement, Path field, Violations violations) {
        boolean empty = requirement.values().isEmpty();
        switch (requirement.operator()) {
            case "In", "NotIn" -> {
                if (empty) {
                    violations.required(field.child("values"), "must be specified when `operator` is 'In' or 'NotIn'");
                }
            }
            case "Exists", "DoesNotExist" -> {
                if (!empty) {
                    violations.forbidden(
                            field.child("values"),
                            "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                }
            }
            default ->
                violations.invalid(field.child("operator"), requirement.operator(), "not a valid selector operator");
        }
        violations.invalid(field.child("key"), requirement.key(), Names.qualifiedName(requirement.key()));
        for (int i = 0; i < requirement.values().size(); i++) {
            String value = requirement.values().get(i);
            violations.invalid(field.child("values").index(i), value, Names.labelValue(value));
        }
    }

    /** The selector of a workload: it is there, it is not empty, and it selects what the template makes. */
    static void ofWorkload(
            @Nullable LabelSelector selector,
            Map<String, String> templateLabels,
            String kind,
            Path spec,
            Violations violations) {
        Path field = spec.child("selector");
        if (selector == null) {
            violations.required(field);
            return;
        }
        int before = violations.count();
        selector(selector, field, violations);
        if (selector.matchLabels().isEmpty() && selector.matchExpressions().isEmpty()) {
            violations.invalid(field, "{}", "empty selector is invalid for " + kind);
        } else if (violations.count() == before && !Selector.of(selector).matches(templateLabels)) {
            mismatch(templateLabels, spec, violations);
        }
    }

    static void mismatch(Map<String, String> labels, Path spec, Violations violations) {
        violations.invalid(
                spec.child("template").child("metadata").child("labels"),
                labels,
                "`selector` does not match template `labels`");
    }
}
