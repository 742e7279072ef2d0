package io.orchestrator.core.cel;

import dev.cel.common.values.CelByteString;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** What calls of functions with these arguments cost, in the units of Kubernetes. Pure functions. */
final class ActualCosts {
    private static final Set<String> FREE = Set.of("_&&_", "_||_", "_?_:_");
    private static final long CHECK_OF_ACCESS = 350_000;
    private static final Set<String> SIZED = Set.of(
            "_==_",
            "_!=_",
            "_<_",
            "_<=_",
            "_>_",
            "_>=_",
            "_+_",
            "@in",
            "bytes",
            "string",
            "startsWith",
            "endsWith",
            "contains",
            "matches",
            "find",
            "findAll",
            "isSorted",
            "sum",
            "max",
            "min",
            "indexOf",
            "lastIndexOf",
            "url",
            "lowerAscii",
            "upperAscii",
            "substring",
            "trim",
            "replace",
            "split",
            "join",
            "ip",
            "cidr",
            "isIP",
            "isCIDR",
            "ip.isCanonical",
            "containsIP",
            "containsCIDR",
            "quantity",
            "isQuantity",
            "validate",
            "sets.contains",
            "sets.intersects",
            "sets.equivalent");

    private ActualCosts() {}

    /** Whether {@link #of} tells of the function; otherwise {@link #fixed} does. */
    static boolean dependOnSize(String function) {
        return SIZED.contains(function);
    }

    static long fixed(String function) {
        return FREE.contains(function) ? 0 : function.equals("check") ? CHECK_OF_ACCESS : 1;
    }

    /** @param arguments of which the first is the target, where there is one */
    static long of(String function, Object[] arguments, Object result) {
        Object first = arguments[0];
        return switch (function) {
            case "_==_", "_!=_" -> comparison(first, arguments[1]);
            case "_<_", "_<=_", "_>_", "_>=_" -> isText(first) ? comparison(first, arguments[1]) : 1;
            case "_+_" -> sum(first, arguments[1]);
            case "@in" -> arguments[1] instanceof Collection<?> items ? items.size() : 1;
            case "bytes", "string", "ip" -> isText(first) ? characters(first, 1) : 1;
            case "startsWith",
                    "endsWith",
                    "url",
                    "lowerAscii",
                    "upperAscii",
                    "substring",
                    "trim",
                    "cidr",
                    "isIP",
                    "isCIDR",
                    "quantity",
                    "isQuantity" -> characters(first, 1);
            case "replace", "split", "ip.isCanonical" -> characters(first, 2);
            case "join" -> characters(result, 2);
            case "contains" -> Size.product(characters(first, 1), characters(arguments[1], 1));
            case "matches", "find", "findAll" -> pattern(first, arguments[1]);
            case "isSorted", "sum", "max", "min", "indexOf", "lastIndexOf" -> traversal(first);
            case "containsIP" -> CallCosts.COMPARISON_OF_ADDRESSES + parsing(arguments[1]);
            case "containsCIDR" -> CallCosts.COMPARISON_OF_RANGES + parsing(arguments[1]);
            case "validate" -> Size.product(characters(arguments[1], 1), CallCosts.PATTERN_OF_FORMAT);
            case "sets.contains", "sets.intersects" -> Size.sum(1, pairs(first, arguments[1]));
            case "sets.equivalent" -> Size.sum(1, Size.product(2, pairs(first, arguments[1])));
            default -> 1;
        };
    }

    /** A list in one piece is put together by copying here, which Kubernetes does not count: lists that grow by doubling would be free. */
    private static long sum(Object one, Object other) {
        if (isText(one)) {
            return Size.exactly(size(one) + size(other)).cost(CallCosts.CHARACTER);
        }
        return other instanceof Collection<?> items ? Math.max(1, items.size()) : 1;
    }

    private static long comparison(Object one, Object other) {
        return Size.exactly(Math.min(size(one), size(other))).cost(CallCosts.CHARACTER);
    }

    private static long pattern(Object text, Object regex) {
        return Size.product(
                Size.exactly(1 + size(text)).cost(CallCosts.CHARACTER),
                Size.exactly(size(regex)).cost(CallCosts.PATTERN));
    }

    private static long parsing(Object address) {
        return isText(address) ? characters(address, 1) : 0;
    }

    private static long pairs(Object one, Object other) {
        return Size.product(size(one), size(other));
    }

    private static long characters(Object text, int times) {
        return Size.exactly(size(text)).cost(times * CallCosts.CHARACTER);
    }

    private static long traversal(Object value) {
        if (isText(value)) {
            return (long) (size(value) * CallCosts.CHARACTER);
        }
        if (value instanceof Collection<?> items) {
            long cost = 0;
            for (Object item : items) {
                cost += traversal(item);
            }
            return cost;
        }
        return 1;
    }

    private static boolean isText(Object value) {
        return value instanceof CharSequence || value instanceof CelByteString;
    }

    private static long size(Object value) {
        if (value instanceof CharSequence text) {
            return text.length();
        }
        if (value instanceof CelByteString bytes) {
            return bytes.size();
        }
        return value instanceof Collection<?> items ? items.size() : value instanceof Map<?, ?> map ? map.size() : 1;
    }
}
