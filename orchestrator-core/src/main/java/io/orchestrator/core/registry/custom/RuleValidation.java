package io.orchestrator.core.registry.custom;

import io.orchestrator.api.model.apiextensions.ValidationRule;
import io.orchestrator.core.cel.ExpressionException;
import io.orchestrator.core.cel.ValueShape;
import io.orchestrator.core.registry.validation.Path;
import io.orchestrator.core.registry.validation.Violations;
import io.orchestrator.core.schema.StructuralSchema;
import io.orchestrator.core.shape.SchemaShapes;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Whether the rules of a schema can be evaluated, fit what the schema says of its values, and cost little enough. Confined. */
final class RuleValidation {
    private static final List<String> REASONS =
            List.of("FieldValueRequired", "FieldValueForbidden", "FieldValueInvalid", "FieldValueDuplicate");

    private final RuleCompiler compiler;
    private final Violations violations;
    private final RuleCosts costs;

    RuleValidation(RuleCompiler compiler, Violations violations) {
        this.compiler = compiler;
        this.violations = violations;
        this.costs = new RuleCosts(violations);
    }

    /**
     * Where a value stands.
     *
     * @param correlated whether it can be found again in an older object
     * @param object whether it is a whole object of the API
     * @param times how many there may be in one object; empty for any number
     */
    private record Place(boolean correlated, boolean object, OptionalLong times) {}

    /** @param stored whether the rules have been accepted before, as they are: those are not judged by stricter measures */
    void check(StructuralSchema schema, Path path, boolean stored) {
        check(schema, path, new Place(true, true, OptionalLong.of(1)), stored);
        costs.checkTotal(path);
    }

    private void check(StructuralSchema schema, Path path, Place place, boolean stored) {
        if (!schema.hasRules()) {
            return;
        }
        List<ValidationRule> rules = schema.declared().validations();
        ValueShape shape = rules.isEmpty() || stored ? null : SchemaShapes.of(schema, place.object());
        RuleTypes types = shape == null ? null : new RuleTypes(shape);
        for (int i = 0; i < rules.size(); i++) {
            rule(rules.get(i), schema, path.child("x-kubernetes-validations").index(i), place, types);
        }
        OptionalLong times = RuleCosts.times(schema, place.times());
        for (Map.Entry<String, StructuralSchema> property : schema.properties().entrySet()) {
            boolean found =
                    place.correlated() && !"atomic".equals(schema.declared().mapType());
            below(property.getValue(), path.child("properties").key(property.getKey()), found, times, stored);
        }
        below(schema.items(), path.child("items"), place.correlated() && schema.isKeyedList(), times, stored);
        below(schema.additional(), path.child("additionalProperties"), place.correlated(), times, stored);
    }

    private void below(
            @Nullable StructuralSchema schema, Path path, boolean correlated, OptionalLong times, boolean stored) {
        if (schema != null) {
            check(schema, path, new Place(correlated, schema.embeddedResource(), times), stored);
        }
    }

    private void rule(ValidationRule rule, StructuralSchema schema, Path path, Place place, @Nullable RuleTypes types) {
        if (rule.rule().isBlank()) {
            violations.required(path.child("rule"), "rule is not specified");
            return;
        }
        if (rule.reason() != null && !REASONS.contains(rule.reason())) {
            violations.notSupported(path.child("reason"), rule.reason(), REASONS);
        }
        if (!rule.message().isEmpty() && rule.message().isBlank()) {
            violations.invalid(path.child("message"), rule.message(), "message must be non-empty if specified");
        } else if (rule.message().indexOf('\n') >= 0) {
            violations.invalid(path.child("message"), rule.message(), "message must not contain line breaks");
        }
        fieldPath(rule, path);
        try {
            RuleCompiler.Compiled compiled = compiler.compile(rule, schema);
            if (compiled.onChanges() && !place.correlated()) {
                violations.invalid(
                        path.child("rule"),
                        rule.rule(),
                        "oldSelf cannot be used on the uncorrelatable portion of the schema");
            }
            if (!compiled.onChanges() && rule.optionalOldSelf() != null) {
                violations.invalid(
                        path.child("optionalOldSelf"),
                        rule.optionalOldSelf(),
                        "may not be set if oldSelf is not used in rule");
            }
            if (types != null) {
                costs.rule(path.child("rule"), types.cost(rule, rule.rule()), place.times(), types.shape());
            }
            message(compiled, schema, path, types);
        } catch (ExpressionException e) {
            violations.invalid(path.child("rule"), rule.rule(), e.getMessage());
        }
    }

    private void message(RuleCompiler.Compiled rule, StructuralSchema schema, Path path, @Nullable RuleTypes types) {
        String expression = rule.declared().messageExpression();
        try {
            compiler.withMessage(rule, schema);
            if (types != null && !expression.isEmpty()) {
                costs.message(path.child("messageExpression"), types.cost(rule.declared(), expression));
            }
        } catch (ExpressionException e) {
            violations.invalid(path.child("messageExpression"), expression, e.getMessage());
        }
    }

    private void fieldPath(ValidationRule rule, Path path) {
        if (rule.fieldPath().isEmpty()) {
            return;
        }
        try {
            if (!JsonPath.parse(rule.fieldPath()).isSimple()) {
                violations.invalid(path.child("fieldPath"), rule.fieldPath(), "must name fields, and nothing else");
            }
        } catch (IllegalArgumentException e) {
            violations.invalid(path.child("fieldPath"), rule.fieldPath(), String.valueOf(e.getMessage()));
        }
    }
}
