package io.orchestrator.core.registry.custom;

import io.orchestrator.api.model.apiextensions.ValidationRule;
import io.orchestrator.core.cel.Budget;
import io.orchestrator.core.cel.CostLimitException;
import io.orchestrator.core.cel.ExpressionException;
import io.orchestrator.core.cel.OutOfBudgetException;
import io.orchestrator.core.registry.validation.Path;
import io.orchestrator.core.registry.validation.Violations;
import io.orchestrator.core.schema.StructuralSchema;
import java.time.DateTimeException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rules in CEL of one schema, here and below. Immutable. */
final class CustomRules {
    private final StructuralSchema schema;
    private final boolean root;
    private final List<RuleCompiler.Compiled> rules;
    private final Map<String, CustomRules> properties;
    private final @Nullable CustomRules items;
    private final @Nullable CustomRules additional;

    private CustomRules(StructuralSchema schema, boolean root, RuleCompiler compiler) {
        this.schema = schema;
        this.root = root;
        this.rules = schema.declared().validations().stream()
                .map(rule -> compiler.withMessage(compiler.compile(rule, schema), schema))
                .toList();
        this.properties = new LinkedHashMap<>();
        schema.properties().forEach((name, property) -> {
            if (property.hasRules()) {
                properties.put(name, new CustomRules(property, false, compiler));
            }
        });
        this.items = below(schema.items(), compiler);
        this.additional = below(schema.additional(), compiler);
    }

    private static @Nullable CustomRules below(@Nullable StructuralSchema schema, RuleCompiler compiler) {
        return schema != null && schema.hasRules() ? new CustomRules(schema, false, compiler) : null;
    }

    /** @throws ExpressionException when a rule does not compile */
    static CustomRules of(StructuralSchema schema, RuleCompiler compiler) {
        return new CustomRules(schema, true, compiler);
    }

    /** @param old the object before; null for a new one */
    void check(
            Map<String, @Nullable Object> object, @Nullable Map<String, @Nullable Object> old, Violations violations) {
        if (schema.hasRules()) {
            check(object, old, Path.root(), Budget.ofRules(), violations);
        }
    }

    private void check(@Nullable Object value, @Nullable Object old, Path path, Budget budget, Violations violations) {
        if (value == null || budget.hasEnded()) {
            return;
        }
        for (RuleCompiler.Compiled rule : rules) {
            judge(rule, value, old, path, budget, violations);
        }
        if (value instanceof Map<?, ?> object) {
            Map<?, ?> before = old instanceof Map<?, ?> map ? map : Map.of();
            object.forEach((name, each) -> {
                CustomRules below = properties.get(String.valueOf(name));
                CustomRules rest = below != null || schema.properties().containsKey(name) ? below : additional;
                if (rest != null) {
                    Path place = path.child(String.valueOf(name));
                    rest.check(each, before.get(name), place, budget, violations);
                }
            });
        } else if (value instanceof List<?> list && items != null) {
            ListItems now = ListItems.of(schema, list);
            ListItems before = ListItems.of(schema, old instanceof List<?> then ? then : List.of());
            for (int i = 0; i < list.size(); i++) {
                items.check(list.get(i), before.counterpart(now, i), path.index(i), budget, violations);
            }
        }
    }

    private void judge(
            RuleCompiler.Compiled rule,
            Object value,
            @Nullable Object old,
            Path path,
            Budget budget,
            Violations violations) {
        if (budget.hasEnded()) {
            return;
        }
        boolean unchanged = old != null && old.equals(value);
        boolean skipped = rule.onChanges() ? old == null && !rule.takesNew() : unchanged;
        if (skipped) {
            return;
        }
        try {
            Map<String, Object> variables = new HashMap<>();
            variables.put(RuleCompiler.SELF, seen(value));
            if (rule.onChanges()) {
                Object before = old == null ? null : seen(old);
                variables.put(
                        RuleCompiler.OLD_SELF,
                        rule.takesNew() ? Optional.ofNullable(before) : before == null ? "" : before);
            }
            if (!rule.condition().holds(variables, budget)) {
                broken(rule, variables, path, budget, violations);
            }
        } catch (OutOfBudgetException e) {
            violations.invalid(path, schema.type(), e.getMessage());
        } catch (CostLimitException e) {
            budget.end();
            violations.invalid(
                    path,
                    schema.type(),
                    "'" + e.getMessage()
                            + "': no further validation rules will be run due to call cost exceeds limit for rule: "
                            + named(rule.declared()));
        } catch (ExpressionException | DateTimeException e) {
            violations.invalid(path, schema.type(), e.getMessage() + " evaluating rule: " + named(rule.declared()));
        }
    }

    private void broken(
            RuleCompiler.Compiled rule,
            Map<String, Object> variables,
            Path path,
            Budget budget,
            Violations violations) {
        try {
            report(rule, message(rule, variables, budget), path, violations);
        } catch (OutOfBudgetException e) {
            violations.invalid(
                    path,
                    schema.type(),
                    "messageExpression evaluation failed due to running out of cost budget, no further validation rules"
                            + " will be run");
        } catch (CostLimitException e) {
            budget.end();
            violations.invalid(
                    path,
                    schema.type(),
                    "no further validation rules will be run due to call cost exceeds limit for messageExpression: \""
                            + rule.declared().messageExpression() + "\"");
        }
    }

    private static String named(ValidationRule rule) {
        return (rule.message().isEmpty() ? rule.rule() : rule.message()).strip();
    }

    private Object seen(Object value) {
        return root && value instanceof Map<?, ?> object
                ? RuleValues.root(object, schema)
                : RuleValues.of(value, schema);
    }

    private static String message(RuleCompiler.Compiled rule, Map<String, Object> variables, Budget budget) {
        ValidationRule declared = rule.declared();
        String plain =
                declared.message().isEmpty() ? "failed rule: " + declared.rule().strip() : declared.message();
        if (rule.message() == null) {
            return plain;
        }
        try {
            String said = (String) rule.message().evaluate(variables, budget);
            return said.isBlank() || said.indexOf('\n') >= 0 ? plain : said;
        } catch (OutOfBudgetException | CostLimitException e) {
            throw e;
        } catch (ExpressionException e) {
            // The rule has failed whatever can be said of it.
            return plain;
        }
    }

    private void report(RuleCompiler.Compiled rule, String message, Path path, Violations violations) {
        ValidationRule declared = rule.declared();
        Path place = path;
        if (!declared.fieldPath().isEmpty()) {
            for (String name : JsonPath.parse(declared.fieldPath()).names()) {
                place = place.child(name);
            }
        }
        String reason = declared.reason() == null ? "" : declared.reason();
        switch (reason) {
            case "FieldValueForbidden" -> violations.forbidden(place, message);
            case "FieldValueRequired" -> violations.required(place, message);
            case "FieldValueDuplicate" -> violations.duplicate(place, schema.type());
            default -> violations.invalid(place, schema.type(), message);
        }
    }
}
