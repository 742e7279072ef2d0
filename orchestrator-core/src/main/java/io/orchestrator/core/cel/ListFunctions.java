package io.orchestrator.core.cel;

import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.UnsignedLong;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.CelByteString;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Functions on lists of values that have an order. Stateless. */
final class ListFunctions {
    private static final ImmutableMap<String, CelType> SUMMABLE = ImmutableMap.of(
            "int", SimpleType.INT,
            "uint", SimpleType.UINT,
            "double", SimpleType.DOUBLE,
            "duration", SimpleType.DURATION);
    private static final ImmutableMap<String, CelType> ORDERED = ImmutableMap.of(
            "int", SimpleType.INT,
            "uint", SimpleType.UINT,
            "double", SimpleType.DOUBLE,
            "duration", SimpleType.DURATION,
            "bool", SimpleType.BOOL,
            "timestamp", SimpleType.TIMESTAMP,
            "string", SimpleType.STRING,
            "bytes", SimpleType.BYTES);

    private ListFunctions() {}

    /** Each function by the types of the values that it is for. */
    static List<CelFunctionDecl> typedDeclarations() {
        return List.of(
                typed("isSorted", "is_sorted_bool", ORDERED, each -> SimpleType.BOOL),
                typed("sum", "sum", SUMMABLE, each -> each),
                typed("min", "min", ORDERED, each -> each),
                typed("max", "max", ORDERED, each -> each));
    }

    private static CelFunctionDecl typed(
            String function, String id, Map<String, CelType> types, UnaryOperator<CelType> result) {
        List<CelOverloadDecl> overloads = new ArrayList<>();
        types.forEach((word, type) -> overloads.add(CelOverloadDecl.newMemberOverload(
                "list_" + word + "_" + id, result.apply(type), ListType.create(type))));
        return CelFunctionDecl.newFunctionDeclaration(function, overloads);
    }

    static boolean isSorted(List<?> list) {
        for (int i = 1; i < list.size(); i++) {
            if (compare(list.get(i - 1), list.get(i)) > 0) {
                return false;
            }
        }
        return true;
    }

    /** Of numbers or durations; 0 of nothing, see {@link EmptySums}. */
    static Object sum(List<?> list) {
        if (list.stream().allMatch(Long.class::isInstance)) {
            return sumOfWhole(list);
        }
        if (list.stream().allMatch(UnsignedLong.class::isInstance)) {
            return sumOfUnsigned(list);
        }
        if (list.stream().allMatch(Duration.class::isInstance)) {
            Duration sum = Duration.ZERO;
            for (Object item : list) {
                sum = sum.plus((Duration) item);
            }
            return sum;
        }
        double sum = 0;
        for (Object item : list) {
            sum += number(item);
        }
        return sum;
    }

    private static long sumOfWhole(List<?> list) {
        long sum = 0;
        try {
            for (Object item : list) {
                sum = Math.addExact(sum, (Long) item);
            }
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("integer overflow", e);
        }
        return sum;
    }

    private static UnsignedLong sumOfUnsigned(List<?> list) {
        BigInteger sum = BigInteger.ZERO;
        for (Object item : list) {
            sum = sum.add(((UnsignedLong) item).bigIntegerValue());
        }
        if (sum.bitLength() > Long.SIZE) {
            throw new IllegalArgumentException("unsigned integer overflow");
        }
        return UnsignedLong.valueOf(sum);
    }

    /** @param sign negative for the least */
    static Object extreme(List<?> list, int sign) {
        if (list.isEmpty()) {
            throw new IllegalArgumentException((sign < 0 ? "min" : "max") + " called on empty list");
        }
        Object found = list.get(0);
        for (Object item : list) {
            if (compare(item, found) * sign > 0) {
                found = item;
            }
        }
        return found;
    }

    /** Negative where nothing in the list equals the value. */
    static long indexOf(List<?> list, Object value) {
        for (int i = 0; i < list.size(); i++) {
            if (same(list.get(i), value)) {
                return i;
            }
        }
        return -1;
    }

    /** As {@link #indexOf}, from the end. */
    static long lastIndexOf(List<?> list, Object value) {
        for (int i = list.size() - 1; i >= 0; i--) {
            if (same(list.get(i), value)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean same(Object one, Object other) {
        return one instanceof Number && other instanceof Number ? compare(one, other) == 0 : one.equals(other);
    }

    private static double number(Object value) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        throw new IllegalArgumentException(value + " is no number");
    }

    @SuppressWarnings("unchecked") // equal classes that are comparable compare with themselves
    private static int compare(Object one, Object other) {
        if (one instanceof Long first && other instanceof Long second) {
            return Long.compare(first, second);
        }
        if (one instanceof Number && other instanceof Number) {
            return Double.compare(number(one), number(other));
        }
        if (one instanceof CelByteString first && other instanceof CelByteString second) {
            return Arrays.compareUnsigned(first.toByteArray(), second.toByteArray());
        }
        if (one instanceof Comparable<?> first && one.getClass() == other.getClass()) {
            return ((Comparable<Object>) first).compareTo(other);
        }
        throw new IllegalArgumentException(one + " and " + other + " have no order");
    }
}
