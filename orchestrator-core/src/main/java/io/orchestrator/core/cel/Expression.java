package io.orchestrator.core.cel;

import com.google.protobuf.NullValue;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypes;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A compiled expression. Immutable and shared. */
public final class Expression {
    private final CelAbstractSyntaxTree tree;
    private final CelRuntime.Program program;
    private final @Nullable CelType wanted;
    private final CostPlan costs;

    Expression(CelAbstractSyntaxTree tree, CelRuntime.Program program, @Nullable CelType wanted) {
        this.tree = tree;
        this.program = program;
        this.wanted = wanted;
        this.costs = new CostPlan(tree);
    }

    /**
     * Its value.
     *
     * @throws ExpressionException when it fails for these variables
     * @throws CostLimitException when it costs more than one evaluation may
     * @throws OutOfBudgetException when it costs more than is left
     */
    public Object evaluate(Map<String, ?> variables, Budget budget) {
        CostMeter meter = new CostMeter(costs);
        Object value;
        try {
            value = program.trace(variables, meter);
        } catch (CelEvaluationException e) {
            budget.spend(meter.cost());
            throw ownIn(e).orElseGet(() -> new ExpressionException(FailureWords.of(e, tree), e));
        } catch (ExpressionException e) {
            budget.spend(meter.cost());
            throw e;
        }
        budget.spend(meter.cost());
        CelType type = wanted;
        if (type != null && !fits(type, value)) {
            throw new ExpressionException("evaluated to something else than " + type.name());
        }
        return value;
    }

    /** As {@link #evaluate}, of a text that may be missing: null where it is. */
    public @Nullable String text(Map<String, ?> variables, Budget budget) {
        Object value = evaluate(variables, budget);
        if (value instanceof String text) {
            return text;
        }
        if (value == NullValue.NULL_VALUE) {
            return null;
        }
        throw new ExpressionException("evaluated to something else than string or null_type");
    }

    String type() {
        return CelTypes.format(tree.getResultType());
    }

    boolean isTextOrNull() {
        CelType found = tree.getResultType();
        return found.equals(SimpleType.STRING) || found.equals(SimpleType.NULL_TYPE) || found.equals(SimpleType.DYN);
    }

    private static boolean fits(CelType type, Object value) {
        return type.equals(SimpleType.BOOL) ? value instanceof Boolean : value instanceof String;
    }

    /** As {@link #evaluate}, of a condition. */
    public boolean holds(Map<String, ?> variables, Budget budget) {
        return (Boolean) evaluate(variables, budget);
    }

    /** What was thrown by the meter, or by a variable that is an expression itself. */
    private static Optional<ExpressionException> ownIn(Throwable thrown) {
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            if (each instanceof ExpressionException own) {
                return Optional.of(own);
            }
        }
        return Optional.empty();
    }

    /** Whether a variable is asked for. */
    public boolean mentions(String variable) {
        return CelNavigableAst.fromAst(tree)
                .getRoot()
                .allNodes()
                .map(node -> node.expr())
                .anyMatch(expr -> expr.exprKind().getKind() == CelExpr.ExprKind.Kind.IDENT
                        && expr.ident().name().equals(variable));
    }

    /** The fields that are asked of a variable, each as the names on the way to it, the variable's own left out. */
    public List<List<String>> fieldsOf(String variable) {
        List<List<String>> paths = new ArrayList<>();
        CelNavigableAst.fromAst(tree)
                .getRoot()
                .allNodes()
                .map(node -> node.expr())
                .forEach(expr -> {
                    List<String> path = new ArrayList<>();
                    CelExpr at = expr;
                    while (at.exprKind().getKind() == CelExpr.ExprKind.Kind.SELECT) {
                        path.add(0, at.select().field());
                        at = at.select().operand();
                    }
                    if (!path.isEmpty()
                            && at.exprKind().getKind() == CelExpr.ExprKind.Kind.IDENT
                            && at.ident().name().equals(variable)) {
                        paths.add(path);
                    }
                });
        return paths;
    }
}
