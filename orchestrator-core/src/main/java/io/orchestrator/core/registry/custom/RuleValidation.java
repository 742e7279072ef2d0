package io.orchestrator.core.registry.custom;

import io.orchestrator.api.model.apiextensions.ValidationRule;
import io.orchestrator.core.cel.ExpressionException;
import io.orchestrator.core.registry.validation.Path;
import io.orchestrator.core.registry.validation.Violations;
import io.orchestrator.core.schema.StructuralSchema;
import java.util.List;
import java.util.Map;

/** Whether the rules of a schema can be evaluated. Confined. */
final class RuleValidation {
    private static final List<String> REASONS =
            List.of("FieldValueRequired", "FieldValueForbidden", "FieldValueInvalid", "FieldValueDuplicate");

    private final RuleCompiler compiler;
    private final Violations violations;

    RuleValidation(RuleCompiler compiler, Violations violations) {
        this.compiler = compiler;
        this.violations = violations;
    }

    void check(StructuralSchema schema, Path path) {
        check(schema, path, true);
    }

    /** @param correlated whether a value can be found again in an older object */
    private void check(StructuralSchema schema, Path path, boolean correlated) {
        if (!schema.hasRules()) {
            return;
        }
        List<ValidationRule> rules = schema.declared().validations();
        for (int i = 0; i < rules.size(); i++) {
            rule(rules.get(i), schema, path.child("x-kubernetes-validations").index(i), correlated);
        }
        for (Map.Entry<String, StructuralSchema> property : schema.properties().entrySet()) {
            boolean found = correlated && !"atomic".equals(schema.declared().mapType());
            check(property.getValue(), path.child("properties").key(property.getKey()), found);
        }
        StructuralSchema items = schema.items();
        if (items != null) {
            check(items, path.child("items"), correlated && schema.isKeyedList());
        }
        StructuralSchema additional = schema.additional();
        if (additional != null) {
            check(additional, path.child("additionalProperties"), correlated);
        }
    }

    private void rule(ValidationRule rule, StructuralSchema schema, Path path, boolean correlated) {
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
            if (compiled.onChanges() && !correlated) {
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
            message(compiled, schema, path);
        } catch (ExpressionException e) {
            violations.invalid(path.child("rule"), rule.rule(), e.getMessage());
        }
    }

    private void message(RuleCompiler.Compiled rule, StructuralSchema schema, Path path) {
        try {
            compiler.withMessage(rule, schema);
        } catch (ExpressionException e) {
            violations.invalid(path.child("messageExpression"), rule.declared().messageExpression(), e.getMessage());
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
