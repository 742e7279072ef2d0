package io.orchestrator.core.cel;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.runtime.CelEvaluationException;
import java.util.Map;
import java.util.Set;

/** Why an evaluation failed, in the words that people search for: those of Kubernetes. Pure functions. */
final class FailureWords {
    private static final Pattern WHERE = Pattern.compile("^evaluation error(?: at <input>:\\d+)?: ");
    private static final Set<String> CONVERSIONS = Set.of("int", "uint", "double");
    private static final Map<String, String> OVERFLOWS = Map.of(
            "int out of uint range", "unsigned integer overflow",
            "ulong overflow", "unsigned integer overflow");

    private FailureWords() {}

    static String of(CelEvaluationException e, CelAbstractSyntaxTree tree) {
        for (Throwable each = e.getCause(); each != null; each = each.getCause()) {
            String reason = each.getMessage();
            if (each instanceof NumberFormatException) {
                return "type conversion error from 'string' to '" + conversion(tree) + "'";
            }
            if (reason != null
                    && (each instanceof IllegalArgumentException || each instanceof PatternSyntaxException)) {
                return reason;
            }
        }
        String message = WHERE.matcher(String.valueOf(e.getMessage())).replaceFirst("");
        return switch (e.getErrorCode()) {
            case DIVIDE_BY_ZERO -> "division by zero";
            case NUMERIC_OVERFLOW -> OVERFLOWS.getOrDefault(message, "integer overflow");
            case OVERLOAD_NOT_FOUND -> "no such overload";
            case INDEX_OUT_OF_BOUNDS -> message.startsWith("Index ") ? "i" + message.substring(1) : message;
            case ATTRIBUTE_NOT_FOUND -> missing(message);
            default -> message.contains("'optional_value' failed") ? "optional.none() dereference" : message;
        };
    }

    private static String missing(String message) {
        if (message.contains("Field selections must be performed")) {
            return "no such overload";
        }
        int at = message.indexOf("key '");
        int end = at < 0 ? -1 : message.indexOf('\'', at + 5);
        return "no such key: " + (end < 0 ? message : message.substring(at + 5, end));
    }

    /** To what a text is turned that is no number: the failure itself does not say. */
    private static String conversion(CelAbstractSyntaxTree tree) {
        return CelNavigableAst.fromAst(tree)
                .getRoot()
                .allNodes()
                .map(node -> node.expr())
                .filter(expr -> expr.getKind() == CelExpr.ExprKind.Kind.CALL)
                .map(expr -> expr.call().function())
                .filter(CONVERSIONS::contains)
                .findFirst()
                .orElse("int");
    }
}
