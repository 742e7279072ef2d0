package io.orchestrator.core.cel;

import java.util.List;

/** Functions on lists of values that have an order. Stateless. */
final class ListFunctions {
    private ListFunctions() {}

    static boolean isSorted(List<?> list) {
        for (int i = 1; i < list.size(); i++) {
            if (compare(list.get(i - 1), list.get(i)) > 0) {
                return false;
            }
        }
        return true;
    }

    static Object sum(List<?> list) {
        if (list.stream().allMatch(Long.class::isInstance)) {
            long sum = 0;
            for (Object item : list) {
                sum = Math.addExact(sum, (Long) item);
            }
            return sum;
        }
        double sum = 0;
        for (Object item : list) {
            sum += number(item);
        }
        return sum;
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
        if (one instanceof Comparable<?> first && one.getClass() == other.getClass()) {
            return ((Comparable<Object>) first).compareTo(other);
        }
        throw new IllegalArgumentException(one + " and " + other + " have no order");
    }
}
