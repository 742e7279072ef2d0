package io.orchestrator.core.cel;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelReference;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.runtime.CelFunctionBinding;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What the sum of nothing is, where an expression itself tells what its list would hold: a duration of nothing, say, which no
 * number compares with. Pure functions.
 */
final class EmptySums {
    private static final String SUM = "sum";
    /** Whose zero is not that of whole numbers. */
    private static final Set<CelKind> KINDS = EnumSet.of(CelKind.UINT, CelKind.DOUBLE, CelKind.DURATION);

    private EmptySums() {}

    /** The same expression, whose sums of known types are calls of the {@link #bindings} for them. */
    static CelAbstractSyntaxTree typed(CelAbstractSyntaxTree tree) {
        Map<Long, CelReference> known = new HashMap<>();
        CelNavigableAst.fromAst(tree)
                .getRoot()
                .allNodes()
                .map(node -> node.expr())
                .filter(expr -> expr.getKind() == CelExpr.ExprKind.Kind.CALL
                        && expr.call().function().equals(SUM))
                .forEach(expr -> expr.call()
                        .target()
                        .flatMap(target -> tree.getType(target.id()))
                        .map(EmptySums::item)
                        .filter(KINDS::contains)
                        .ifPresent(kind -> known.put(
                                expr.id(),
                                CelReference.newBuilder()
                                        .setName(SUM)
                                        .addOverloadIds(id(kind))
                                        .build())));
        if (known.isEmpty()) {
            return tree;
        }
        Map<Long, CelReference> references = new HashMap<>(tree.getReferenceMap());
        references.putAll(known);
        return CelAbstractSyntaxTree.newCheckedAst(tree.getExpr(), tree.getSource(), references, tree.getTypeMap());
    }

    private static CelKind item(CelType type) {
        return type instanceof ListType list && list.hasElemType()
                ? list.elemType().kind()
                : CelKind.DYN;
    }

    private static String id(CelKind kind) {
        return "k8s_sum_" + kind.name().toLowerCase(Locale.ROOT);
    }

    static List<CelFunctionBinding> bindings() {
        return List.of(
                CelFunctionBinding.from(
                        id(CelKind.UINT),
                        List.class,
                        list -> list.isEmpty() ? UnsignedLong.ZERO : ListFunctions.sum(list)),
                CelFunctionBinding.from(
                        id(CelKind.DOUBLE), List.class, list -> list.isEmpty() ? 0.0 : ListFunctions.sum(list)),
                CelFunctionBinding.from(
                        id(CelKind.DURATION),
                        List.class,
                        list -> list.isEmpty() ? Duration.ZERO : ListFunctions.sum(list)));
    }
}
