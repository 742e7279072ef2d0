package io.orchestrator.core.registry.custom;

import io.orchestrator.api.model.apiextensions.ValidationRule;
import io.orchestrator.core.cel.Expression;
import io.orchestrator.core.cel.ExpressionCompiler;
import io.orchestrator.core.cel.ExpressionException;
import io.orchestrator.core.cel.FieldNames;
import io.orchestrator.core.cel.ValueType;
import io.orchestrator.core.schema.StructuralSchema;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compiles the rules of schemas. Thread-safe; makes a compiler when a type is first needed. */
final class RuleCompiler {
    static final String SELF = "self";
    static final String OLD_SELF = "oldSelf";

    private final Map<ValueType, ExpressionCompiler> compilers = new EnumMap<>(ValueType.class);

    /**
     * A rule that can be evaluated.
     *
     * @param message gives what to say; null where the definition has no expression for it
     * @param onChanges whether it compares with the value before
     */
    record Compiled(
            ValidationRule declared,
            Expression condition,
            @Nullable Expression message,
            boolean onChanges) {
        boolean takesNew() {
            return Boolean.TRUE.equals(declared.optionalOldSelf());
        }
    }

    /** @throws ExpressionException saying what is wrong with the rule */
    Compiled compile(ValidationRule rule, StructuralSchema schema) {
        ExpressionCompiler compiler = compiler(typeOf(schema));
        Expression condition = compiler.condition(rule.rule());
        requireFields(condition, schema);
        return new Compiled(rule, condition, null, condition.mentions(OLD_SELF));
    }

    /** The rule with the expression that gives its message. @throws ExpressionException saying what is wrong with that */
    Compiled withMessage(Compiled rule, StructuralSchema schema) {
        String text = rule.declared().messageExpression();
        if (text.isEmpty()) {
            return rule;
        }
        Expression message = compiler(typeOf(schema)).text(text);
        requireFields(message, schema);
        return new Compiled(rule.declared(), rule.condition(), message, rule.onChanges());
    }

    private ExpressionCompiler compiler(ValueType self) {
        synchronized (compilers) {
            return compilers.computeIfAbsent(
                    self, type -> ExpressionCompiler.over(Map.of(SELF, type, OLD_SELF, ValueType.ANY)));
        }
    }

    private static ValueType typeOf(StructuralSchema schema) {
        if (schema.intOrString() || schema.nullable()) {
            return ValueType.ANY;
        }
        return switch (schema.type()) {
            case "object" -> ValueType.OBJECT;
            case "array" -> ValueType.LIST;
            case "integer" -> ValueType.WHOLE;
            case "number" -> ValueType.FLOATING;
            case "boolean" -> ValueType.TRUTH;
            case "string" ->
                switch (schema.declared().format()) {
                    case "date-time", "date" -> ValueType.MOMENT;
                    case "duration" -> ValueType.SPAN;
                    case "byte" -> ValueType.BYTES;
                    default -> ValueType.TEXT;
                };
            default -> ValueType.ANY;
        };
    }

    /** Fields that no value can have are mistakes of whoever wrote the rule. */
    private static void requireFields(Expression expression, StructuralSchema schema) {
        for (String variable : List.of(SELF, OLD_SELF)) {
            for (List<String> path : expression.fieldsOf(variable)) {
                requireField(path, schema);
            }
        }
    }

    private static void requireField(List<String> path, StructuralSchema schema) {
        StructuralSchema at = schema;
        for (String name : path) {
            if (at.properties().isEmpty() || at == StructuralSchema.ANYTHING) {
                return;
            }
            StructuralSchema below = null;
            for (Map.Entry<String, StructuralSchema> property : at.properties().entrySet()) {
                if (FieldNames.forms(property.getKey()).contains(name)) {
                    below = property.getValue();
                }
            }
            boolean always = at.embeddedResource() || at == schema && RuleValues.OF_OBJECTS.contains(name);
            if (below == null && !always) {
                throw new ExpressionException("compilation failed: undefined field '" + name + "'");
            }
            if (below == null) {
                return;
            }
            at = below;
        }
    }
}
