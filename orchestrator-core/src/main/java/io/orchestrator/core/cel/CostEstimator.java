package io.orchestrator.core.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.CelComprehension;
import dev.cel.common.ast.CelExpr.CelSelect;
import dev.cel.common.ast.CelReference;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What an expression costs at most, counted as Kubernetes counts it: a step for each variable, field and function, more for
 * functions that walk over texts and lists, and loops as often as their list may have items. Made for one expression; confined.
 */
final class CostEstimator {
    private static final long STEP = 1;
    private static final long NEW_LIST = 10;
    private static final long NEW_MAP = 30;
    private static final long NEW_MESSAGE = 40;

    private final CelAbstractSyntaxTree tree;
    private final Map<String, ValueShape> variables;
    private final Trace root;
    private final CallCosts calls = new CallCosts(this);
    private final Map<Long, Size> sizes = new HashMap<>();
    private final Map<Long, Trace> traces = new HashMap<>();
    private final Map<String, Deque<Local>> locals = new HashMap<>();

    /**
     * Where the value of an expression stands among what is declared.
     *
     * @param shape null where nothing is declared of the place
     */
    private record Trace(@Nullable ValueShape shape) {}

    /**
     * What is known of the variable of a loop.
     *
     * @param trace null for what is worked out
     */
    private record Local(@Nullable Trace trace, @Nullable Size size) {}

    /** @param root whose place Kubernetes takes for that of an item or a field of what is worked out: its sizes count there */
    CostEstimator(CelAbstractSyntaxTree tree, Map<String, ValueShape> variables, ValueShape root) {
        this.tree = tree;
        this.variables = variables;
        this.root = new Trace(root);
    }

    long cost() {
        return cost(tree.getExpr());
    }

    private long cost(CelExpr expr) {
        return switch (expr.getKind()) {
            case IDENT -> identifier(expr);
            case SELECT -> select(expr, expr.select());
            case CALL -> call(expr, expr.call());
            case LIST -> Size.sum(NEW_LIST, all(expr.list().elements()));
            case MAP -> {
                long cost = NEW_MAP;
                for (CelExpr.CelMap.Entry entry : expr.map().entries()) {
                    cost = Size.sum(cost, Size.sum(cost(entry.key()), cost(entry.value())));
                }
                yield cost;
            }
            case STRUCT ->
                Size.sum(
                        NEW_MESSAGE,
                        all(expr.struct().entries().stream()
                                .map(CelExpr.CelStruct.Entry::value)
                                .toList()));
            case COMPREHENSION -> comprehension(expr, expr.comprehension());
            case CONSTANT, NOT_SET -> 0;
        };
    }

    private long all(List<CelExpr> expressions) {
        long sum = 0;
        for (CelExpr each : expressions) {
            sum = Size.sum(sum, cost(each));
        }
        return sum;
    }

    private long identifier(CelExpr expr) {
        String name = expr.ident().name();
        Local local = local(name);
        trace(expr, local == null ? new Trace(variables.get(name)) : local.trace());
        if (local != null && local.size() != null) {
            sizes.put(expr.id(), local.size());
        }
        return STEP;
    }

    private long select(CelExpr expr, CelSelect select) {
        long operand = cost(select.operand());
        if (select.testOnly()) {
            return operand;
        }
        Trace of = traces.get(select.operand().id());
        trace(expr, of == null ? root : below(of, shape -> shape.fields().get(select.field())));
        CelKind kind = type(select.operand()).kind();
        boolean counts = kind == CelKind.MAP || kind == CelKind.STRUCT || kind == CelKind.TYPE_PARAM;
        return counts ? Size.sum(operand, STEP) : operand;
    }

    private long call(CelExpr expr, CelCall call) {
        long target = call.target().map(this::cost).orElse(0L);
        List<Long> arguments = new ArrayList<>();
        call.args().forEach(argument -> arguments.add(cost(argument)));
        List<String> overloads = tree.getReference(expr.id())
                .map(CelReference::overloadIds)
                .map(List::copyOf)
                .orElse(List.of());
        if (overloads.isEmpty()) {
            return 0;
        }
        long most = 0;
        Size size = null;
        for (String overload : overloads) {
            CallCosts.Estimate estimate = calls.estimate(expr, call, overload, arguments);
            most = Math.max(most, estimate.cost());
            Size result = estimate.result();
            size = size == null || result == null ? (size == null ? result : size) : size.or(result);
        }
        trace(expr, result(call));
        if (size != null && shape(expr) == null) {
            sizes.put(expr.id(), size);
        }
        return Size.sum(target, most);
    }

    private long comprehension(CelExpr expr, CelComprehension loop) {
        long sum = Size.sum(cost(loop.iterRange()), cost(loop.accuInit()));
        boolean binding = loop.iterRange().getKind() == CelExpr.ExprKind.Kind.LIST
                && loop.iterRange().list().elements().isEmpty();
        push(loop.accuVar(), binding ? local(loop.accuInit()) : new Local(null, null));
        boolean two = !loop.iterVar2().isEmpty();
        Trace range = traces.get(loop.iterRange().id());
        ValueShape shape = range == null ? null : range.shape();
        boolean list = shape == null ? type(loop.iterRange()).kind() == CelKind.LIST : shape.type() == ValueType.LIST;
        Local item = new Local(range == null ? root : below(range, ValueShape::element), null);
        Local key = range == null
                ? new Local(root, null)
                : new Local(new Trace(null), shape == null || list ? null : new Size(0, 0));
        push(loop.iterVar(), list && !two ? item : key);
        if (two) {
            push(loop.iterVar2(), item);
        }
        long each = Size.sum(cost(loop.loopCondition()), cost(loop.loopStep()));
        pop(loop.iterVar());
        if (two) {
            pop(loop.iterVar2());
        }
        sum = Size.sum(sum, cost(loop.result()));
        pop(loop.accuVar());
        Size count = size(loop.iterRange());
        if (binding) {
            trace(expr, traces.get(loop.result().id()));
            sizes.put(expr.id(), size(loop.result()));
        } else if (loop.accuInit().getKind() != CelExpr.ExprKind.Kind.CONSTANT) {
            sizes.put(expr.id(), count);
        }
        return Size.sum(sum, Size.product(count.most(), each));
    }

    private Local local(CelExpr value) {
        return new Local(traces.get(value.id()), size(value));
    }

    /** How large the value of an expression is; its cost must be known already. */
    Size size(CelExpr expr) {
        Size known = sizes.get(expr.id());
        if (known != null) {
            return known;
        }
        switch (expr.getKind()) {
            case CONSTANT -> {
                return constant(expr.constant());
            }
            case LIST -> {
                return Size.exactly(expr.list().elements().size());
            }
            case MAP -> {
                return Size.exactly(expr.map().entries().size());
            }
            default -> {
                ValueShape shape = shape(expr);
                if (shape != null) {
                    return new Size(0, shape.most());
                }
                return isScalar(type(expr)) ? Size.ONE : Size.UNKNOWN;
            }
        }
    }

    /** What is known of the value of an expression; null where it is worked out. */
    @Nullable
    ValueShape shape(CelExpr expr) {
        Trace trace = traces.get(expr.id());
        return trace == null ? null : trace.shape();
    }

    /** Where the result of a call stands that takes a part out of a value; null for all others. */
    private @Nullable Trace result(CelCall call) {
        return switch (call.function()) {
            case "_[_]" -> {
                Trace of = traces.get(call.args().get(0).id());
                yield of == null ? root : below(of, ValueShape::element);
            }
            case "dyn" -> traces.get(call.args().get(0).id());
            case "value", "orValue" -> {
                CelExpr target = call.target().orElse(null);
                Trace of = target == null ? null : traces.get(target.id());
                yield of == null ? null : below(of, ValueShape::element);
            }
            default -> null;
        };
    }

    private static Trace below(Trace trace, Function<ValueShape, @Nullable ValueShape> step) {
        ValueShape shape = trace.shape();
        return new Trace(shape == null ? null : step.apply(shape));
    }

    CelType type(CelExpr expr) {
        return tree.getType(expr.id()).orElse(SimpleType.DYN);
    }

    private void trace(CelExpr expr, @Nullable Trace trace) {
        if (trace != null) {
            traces.put(expr.id(), trace);
        }
    }

    private static Size constant(CelConstant constant) {
        return switch (constant.getKind()) {
            case STRING_VALUE ->
                Size.exactly(constant.stringValue()
                        .codePointCount(0, constant.stringValue().length()));
            case BYTES_VALUE -> Size.exactly(constant.bytesValue().size());
            default -> Size.ONE;
        };
    }

    private static boolean isScalar(CelType type) {
        return switch (type.kind()) {
            case BOOL, DOUBLE, DURATION, INT, TIMESTAMP, UINT -> true;
            case OPAQUE ->
                type instanceof OptionalType && isScalar(type.parameters().get(0));
            default -> false;
        };
    }

    private @Nullable Local local(String name) {
        Deque<Local> all = locals.get(name);
        return all == null ? null : all.peek();
    }

    private void push(String name, Local local) {
        locals.computeIfAbsent(name, any -> new ArrayDeque<>()).push(local);
    }

    private void pop(String name) {
        Deque<Local> all = locals.get(name);
        if (all != null) {
            all.pop();
        }
    }
}
