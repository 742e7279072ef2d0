package io.orchestrator.core.cel;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** Texts that are written out where a duration, a point in time or a pattern is wanted, and are none. Pure functions. */
final class Literals {
    private Literals() {}

    /** @throws ExpressionException naming their places */
    static void check(CelAbstractSyntaxTree tree) {
        List<CelIssue> issues = new ArrayList<>();
        CelNavigableAst.fromAst(tree)
                .getRoot()
                .allNodes()
                .map(node -> node.expr())
                .filter(expr -> expr.getKind() == CelExpr.ExprKind.Kind.CALL)
                .forEach(expr -> check(expr.call(), tree, issues));
        if (!issues.isEmpty()) {
            throw new ExpressionException("compilation failed: " + CelIssue.toDisplayString(issues, tree.getSource()));
        }
    }

    private static void check(CelExpr.CelCall call, CelAbstractSyntaxTree tree, List<CelIssue> issues) {
        if (call.args().size() != 1) {
            return;
        }
        CelExpr argument = call.args().get(0);
        boolean text = argument.getKind() == CelExpr.ExprKind.Kind.CONSTANT
                && argument.constant().getKind() == CelConstant.Kind.STRING_VALUE;
        if (text && !fits(call.function(), argument.constant().stringValue())) {
            Integer offset = tree.getSource().getPositionsMap().get(argument.id());
            CelSourceLocation place = offset == null
                    ? CelSourceLocation.NONE
                    : tree.getSource().getOffsetLocation(offset).orElse(CelSourceLocation.NONE);
            issues.add(CelIssue.formatError(argument.id(), place, "invalid " + call.function() + " argument"));
        }
    }

    private static boolean fits(String function, String text) {
        try {
            return switch (function) {
                case "duration" -> ExpressionValues.duration(text) != null;
                case "timestamp" -> OffsetDateTime.parse(text) != null;
                case "matches" -> Pattern.compile(text) != null;
                default -> true;
            };
        } catch (DateTimeException | PatternSyntaxException e) {
            return false;
        }
    }
}
