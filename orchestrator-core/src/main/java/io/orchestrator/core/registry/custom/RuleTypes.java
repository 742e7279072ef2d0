package io.orchestrator.core.registry.custom;

import io.orchestrator.api.model.apiextensions.ValidationRule;
import io.orchestrator.core.cel.ExpressionChecker;
import io.orchestrator.core.cel.ExpressionException;
import io.orchestrator.core.cel.ValueShape;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks at the rules of one schema by the types that it declares. Confined. */
final class RuleTypes {
    private final ValueShape shape;
    private @Nullable ExpressionChecker checker;
    private @Nullable ExpressionChecker sometimesOld;

    RuleTypes(ValueShape shape) {
        this.shape = shape;
    }

    ValueShape shape() {
        return shape;
    }

    /**
     * What an expression of a rule costs at most.
     *
     * @throws ExpressionException when it does not fit the schema
     */
    long cost(ValidationRule rule, String expression) {
        boolean optional = Boolean.TRUE.equals(rule.optionalOldSelf());
        ExpressionChecker known = optional ? sometimesOld : checker;
        if (known == null) {
            known = ExpressionChecker.over(
                    Map.of(RuleCompiler.SELF, shape, RuleCompiler.OLD_SELF, optional ? shape.orNothing() : shape));
            if (optional) {
                sometimesOld = known;
            } else {
                checker = known;
            }
        }
        return known.check(expression).cost(shape);
    }
}
