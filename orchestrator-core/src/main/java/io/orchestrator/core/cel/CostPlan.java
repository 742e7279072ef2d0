package io.orchestrator.core.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which values of an expression have to be remembered to tell what its calls cost: made once for all evaluations. Immutable. */
final class CostPlan {
    private final Map<Long, Integer> places = new HashMap<>();
    private final Map<Long, int[]> calls = new HashMap<>();

    CostPlan(CelAbstractSyntaxTree tree) {
        CelNavigableAst.fromAst(tree)
                .getRoot()
                .allNodes()
                .map(node -> node.expr())
                .filter(expr -> expr.getKind() == Kind.CALL
                        && ActualCosts.dependOnSize(expr.call().function()))
                .forEach(this::add);
    }

    private void add(CelExpr expr) {
        CelCall call = expr.call();
        List<CelExpr> arguments = new ArrayList<>();
        call.target().ifPresent(arguments::add);
        arguments.addAll(call.args());
        int[] found = new int[arguments.size()];
        for (int i = 0; i < found.length; i++) {
            found[i] = places.computeIfAbsent(arguments.get(i).id(), id -> places.size());
        }
        calls.put(expr.id(), found);
    }

    /** How many values there are to remember. */
    int size() {
        return places.size();
    }

    /** Where the value of this expression is remembered; null where it need not be. */
    @Nullable
    Integer place(CelExpr expr) {
        return places.get(expr.id());
    }

    /** Where the arguments of a call are, its target before them; null where they do not matter. */
    int @Nullable [] arguments(CelExpr call) {
        return calls.get(call.id());
    }
}
