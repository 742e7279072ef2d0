package io.orchestrator.core.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.NullableType;
import dev.cel.common.types.SimpleType;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Which values the clauses of {@code format} are for, known when an expression is written. Pure functions. */
final class FormatClauses {
    private static final Set<CelKind> OPEN =
            EnumSet.of(CelKind.DYN, CelKind.ANY, CelKind.TYPE_PARAM, CelKind.ERROR, CelKind.UNSPECIFIED);
    private static final Set<CelKind> WHOLE = EnumSet.of(CelKind.INT, CelKind.UINT);
    private static final Set<CelKind> FLOATING = EnumSet.of(CelKind.DOUBLE, CelKind.STRING);
    private static final Set<CelKind> BITS = EnumSet.of(CelKind.INT, CelKind.UINT, CelKind.BOOL);
    private static final Set<CelKind> BYTES = EnumSet.of(CelKind.INT, CelKind.UINT, CelKind.STRING, CelKind.BYTES);
    private static final Set<CelKind> TEXT = EnumSet.of(
            CelKind.LIST,
            CelKind.MAP,
            CelKind.INT,
            CelKind.UINT,
            CelKind.DOUBLE,
            CelKind.BOOL,
            CelKind.STRING,
            CelKind.TIMESTAMP,
            CelKind.BYTES,
            CelKind.DURATION,
            CelKind.TYPE,
            CelKind.NULL_TYPE);

    private FormatClauses() {}

    /**
     * Looks at all formats that are written out, with their arguments.
     *
     * @throws ExpressionException when one can never be filled
     */
    static void check(CelAbstractSyntaxTree tree) {
        CelNavigableAst.fromAst(tree)
                .getRoot()
                .allNodes()
                .map(node -> node.expr())
                .filter(FormatClauses::isWrittenOut)
                .forEach(expr -> check(tree, expr));
    }

    private static boolean isWrittenOut(CelExpr expr) {
        if (expr.getKind() != CelExpr.ExprKind.Kind.CALL
                || !expr.call().function().equals(FormatFunctions.FORMAT)
                || expr.call().args().size() != 1) {
            return false;
        }
        CelExpr target = expr.call().target().orElse(null);
        return target != null
                && target.getKind() == CelExpr.ExprKind.Kind.CONSTANT
                && expr.call().args().get(0).getKind() == CelExpr.ExprKind.Kind.LIST;
    }

    private static void check(CelAbstractSyntaxTree tree, CelExpr expr) {
        String format = expr.call().target().orElseThrow().constant().stringValue();
        List<CelExpr> arguments = expr.call().args().get(0).list().elements();
        int[] asked = {0};
        try {
            TextFormat.fill(format, arguments.size(), (argument, clause, precision) -> {
                asked[0]++;
                checkArgument(tree, arguments.get(argument), clause);
                return "";
            });
        } catch (IllegalArgumentException e) {
            throw new ExpressionException("compilation failed: " + e.getMessage(), e);
        }
        if (arguments.size() > asked[0]) {
            throw new ExpressionException("compilation failed: too many arguments supplied to string.format (expected "
                    + asked[0] + ", got " + arguments.size() + ")");
        }
    }

    private static void checkArgument(CelAbstractSyntaxTree tree, CelExpr argument, char clause) {
        CelType type = tree.getType(argument.id()).orElse(SimpleType.DYN);
        CelKind kind =
                type instanceof NullableType nullable ? nullable.targetType().kind() : type.kind();
        if (!OPEN.contains(kind) && !kinds(clause).contains(kind)) {
            throw unfit(clause, type.name());
        }
        if (clause != 's') {
            return;
        }
        if (argument.getKind() == CelExpr.ExprKind.Kind.LIST) {
            argument.list().elements().forEach(each -> checkArgument(tree, each, clause));
        } else if (argument.getKind() == CelExpr.ExprKind.Kind.MAP) {
            argument.map().entries().forEach(each -> {
                checkArgument(tree, each.key(), clause);
                checkArgument(tree, each.value(), clause);
            });
        }
    }

    private static Set<CelKind> kinds(char clause) {
        return switch (clause) {
            case 'd', 'o' -> WHOLE;
            case 'b' -> BITS;
            case 'x', 'X' -> BYTES;
            case 'f', 'e' -> FLOATING;
            default -> TEXT;
        };
    }

    /** What there is to say of a value that is not for the clause. */
    static IllegalArgumentException unfit(char clause, String type) {
        String what = switch (clause) {
            case 'd' -> "decimal clause can only be used on integers";
            case 'o' -> "octal clause can only be used on integers";
            case 'b' -> "only integers and bools can be formatted as binary";
            case 'x', 'X' -> "only integers, byte buffers, and strings can be formatted as hex";
            case 'f' -> "fixed-point clause can only be used on doubles";
            case 'e' -> "scientific clause can only be used on doubles";
            default ->
                "string clause can only be used on strings, bools, bytes, ints, doubles, maps, lists, types,"
                        + " durations, and timestamps";
        };
        return new IllegalArgumentException(what + ", was given " + type);
    }
}
