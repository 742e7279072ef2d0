package io.orchestrator.core.cel;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What calls of functions cost at most, and how large their results are. Confined with its estimator. */
final class CallCosts {
    /** For each character that is looked at. */
    static final double CHARACTER = 0.1;
    /** For each character of a regular expression. */
    static final double PATTERN = 0.25;

    private static final long CHECK_OF_ACCESS = 350_000;
    /** Sixteen bytes with sixteen. */
    static final long COMPARISON_OF_ADDRESSES = 4;
    /** The same, and what masking takes. */
    static final long COMPARISON_OF_RANGES = 7;
    /** As long as that of any format. */
    static final long PATTERN_OF_FORMAT = 32;

    private static final long NAME_OF_FORMAT = 7;

    private final CostEstimator values;

    CallCosts(CostEstimator values) {
        this.values = values;
    }

    /** @param result how large; null where the type tells */
    record Estimate(long cost, @Nullable Size result) {
        static Estimate of(long cost) {
            return new Estimate(cost, null);
        }

        Estimate plus(long more) {
            return new Estimate(Size.sum(cost, more), result);
        }
    }

    /** Of a call by one of the overloads that fit, arguments included and its target left out. */
    Estimate estimate(CelExpr expr, CelCall call, String overload, List<Long> arguments) {
        long sum = 0;
        for (long argument : arguments) {
            sum = Size.sum(sum, argument);
        }
        CelExpr target = call.target().orElse(null);
        Estimate ofKubernetes = ofParsing(call, overload);
        if (ofKubernetes == null && target != null) {
            ofKubernetes = ofKubernetes(call.function(), target, call.args());
        }
        return ofKubernetes != null
                ? ofKubernetes.plus(sum)
                : switch (overload) {
                    case "logical_and", "logical_or" -> Estimate.of(sum);
                    case "conditional" -> {
                        long chosen = Math.max(arguments.get(1), arguments.get(2));
                        yield new Estimate(
                                Size.sum(arguments.get(0), chosen),
                                size(call, 1).or(size(call, 2)));
                    }
                    default -> standard(target, call, overload).plus(sum);
                };
    }

    /** Of what reads a text, and compares what was read. */
    private @Nullable Estimate ofParsing(CelCall call, String overload) {
        return switch (overload) {
            case "string_to_url" -> new Estimate(size(call, 0).cost(CHARACTER), size(call, 0));
            case "string_to_ip", "is_ip", "string_to_cidr", "is_cidr", "string_to_quantity", "is_quantity_string" ->
                Estimate.of(size(call, 0).cost(CHARACTER));
            case "ip_is_canonical" -> Estimate.of(size(call, 0).cost(2 * CHARACTER));
            case "cidr_contains_ip_ip" -> Estimate.of(COMPARISON_OF_ADDRESSES);
            case "cidr_contains_ip_string" ->
                Estimate.of(COMPARISON_OF_ADDRESSES).plus(size(call, 0).cost(CHARACTER));
            case "cidr_contains_cidr" -> Estimate.of(COMPARISON_OF_RANGES);
            case "cidr_contains_cidr_string" ->
                Estimate.of(COMPARISON_OF_RANGES).plus(size(call, 0).cost(CHARACTER));
            case "format-validate" -> Estimate.of(Size.product(size(call, 0).cost(CHARACTER), PATTERN_OF_FORMAT));
            case "equals" -> equality(call);
            default -> null;
        };
    }

    /** Of values of the types that Kubernetes adds; null for all others. */
    private @Nullable Estimate equality(CelCall call) {
        CelType type = values.type(call.args().get(0));
        if (type.kind() != CelKind.OPAQUE
                || !type.equals(values.type(call.args().get(1)))) {
            return null;
        }
        if (type.equals(UrlFunctions.URL)) {
            return Estimate.of(size(call, 1).cost(CHARACTER));
        }
        boolean ofKubernetes =
                type.name().startsWith("kubernetes.") || type.name().startsWith("net.");
        return ofKubernetes ? Estimate.of(type.equals(FormatFunctions.NAMED) ? NAME_OF_FORMAT : 1) : null;
    }

    private @Nullable Estimate ofKubernetes(String function, CelExpr target, List<CelExpr> arguments) {
        return switch (function) {
            case "check" -> Estimate.of(CHECK_OF_ACCESS);
            case "isSorted", "sum", "max", "min", "indexOf", "lastIndexOf" -> Estimate.of(traversal(target));
            case "lowerAscii", "upperAscii", "substring", "trim" ->
                new Estimate(values.size(target).cost(CHARACTER), values.size(target));
            case "replace" -> arguments.size() < 2 ? null : replace(target, arguments);
            case "split" ->
                new Estimate(
                        values.size(target).cost(2 * CHARACTER), new Size(0, pieces(values.size(target), arguments)));
            case "join" -> {
                Size joined = joined(target, arguments);
                yield new Estimate(joined.cost(CHARACTER), joined);
            }
            case "find", "findAll" -> {
                long text = values.size(target).plus(Size.ONE).cost(CHARACTER);
                long regex = values.size(arguments.get(0)).cost(PATTERN);
                yield new Estimate(
                        Size.product(text, regex),
                        new Size(0, values.size(target).most()));
            }
            default -> null;
        };
    }

    private Estimate standard(@Nullable CelExpr target, CelCall call, String overload) {
        return switch (overload) {
            case "string_to_bytes" ->
                new Estimate(size(call, 0).cost(CHARACTER), size(call, 0).times(new Size(1, 4)));
            case "bytes_to_string" ->
                new Estimate(
                        size(call, 0).cost(CHARACTER),
                        new Size(size(call, 0).least() / 4, size(call, 0).most()));
            case "starts_with_string", "ends_with_string" ->
                Estimate.of(size(call, 0).cost(CHARACTER));
            case "list_sets_contains_list", "list_sets_intersects_list" -> Estimate.of(pairs(call));
            case "list_sets_equivalent_list" -> Estimate.of(Size.product(2, pairs(call)));
            case "in_list" -> Estimate.of(size(call, 1).most());
            case "matches_string" -> {
                long text = targetSize(target).plus(Size.ONE).cost(CHARACTER);
                yield Estimate.of(Size.product(text, size(call, 0).cost(PATTERN)));
            }
            case "contains_string" ->
                Estimate.of(Size.product(
                        targetSize(target).cost(CHARACTER), size(call, 0).cost(CHARACTER)));
            case "add_list" -> new Estimate(1, size(call, 0).plus(size(call, 1)));
            case "add_string", "add_bytes" -> {
                Size both = size(call, 0).plus(size(call, 1));
                yield new Estimate(both.cost(CHARACTER), both);
            }
            case "less_string",
                    "greater_string",
                    "less_equals_string",
                    "greater_equals_string",
                    "less_bytes",
                    "greater_bytes",
                    "less_equals_bytes",
                    "greater_equals_bytes",
                    "equals",
                    "not_equals" -> {
                long shorter = Math.min(size(call, 0).most(), size(call, 1).most());
                yield Estimate.of(new Size(0, shorter).cost(CHARACTER));
            }
            default -> Estimate.of(1);
        };
    }

    /** A step for each item with each of the other list, and one for the call. */
    private long pairs(CelCall call) {
        return Size.sum(1, size(call, 0).times(size(call, 1)).most());
    }

    private Size size(CelCall call, int argument) {
        return values.size(call.args().get(argument));
    }

    private Size targetSize(@Nullable CelExpr target) {
        return target == null ? Size.UNKNOWN : values.size(target);
    }

    /** A step for each item and for what its characters take, or for the characters of a text. */
    private long traversal(CelExpr target) {
        CelType type = values.type(target);
        if (type.parameters().isEmpty()) {
            return values.size(target).cost(CHARACTER);
        }
        CelKind element = type.parameters().get(0).kind();
        long each = 1;
        if (element == CelKind.STRING || element == CelKind.BYTES) {
            each = Size.sum(each, elementSize(target).cost(CHARACTER));
        }
        return Size.product(values.size(target).most(), each);
    }

    private Size elementSize(CelExpr list) {
        ValueShape shape = values.shape(list);
        ValueShape element = shape == null ? null : shape.element();
        return element == null ? Size.UNKNOWN : new Size(0, element.most());
    }

    private Estimate replace(CelExpr target, List<CelExpr> arguments) {
        Size text = values.size(target);
        Size from = values.size(arguments.get(0));
        Size to = values.size(arguments.get(1));
        long most;
        if (from.least() == 0) {
            most = Size.sum(text.most(), Size.product(Size.sum(text.most(), 1), to.most()));
        } else if (to.most() <= from.least()) {
            most = text.most();
        } else {
            most = Size.product(text.cost(1.0 / from.least()), to.most());
        }
        return new Estimate(text.cost(2 * CHARACTER), new Size(0, most));
    }

    /** As many as there are characters, unless the call says how many at most. */
    private static long pieces(Size text, List<CelExpr> arguments) {
        boolean limited = arguments.size() > 1
                && arguments.get(1).getKind() == CelExpr.ExprKind.Kind.CONSTANT
                && arguments.get(1).constant().int64Value() >= 0;
        return limited ? arguments.get(1).constant().int64Value() : text.most();
    }

    private Size joined(CelExpr list, List<CelExpr> arguments) {
        Size items = values.size(list);
        Size joined = items.times(elementSize(list));
        if (arguments.isEmpty()) {
            return joined;
        }
        Size between = new Size(Math.max(0, items.least() - 1), Math.max(0, items.most() - 1));
        return joined.plus(values.size(arguments.get(0)).times(between));
    }
}
