package io.orchestrator.core.quota;

import io.orchestrator.api.meta.Quantity;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Sums of quantities by name. Pure functions. */
public final class Amounts {
    private Amounts() {}

    public static Map<String, Quantity> plus(Map<String, Quantity> one, Map<String, Quantity> other) {
        Map<String, Quantity> sum = new LinkedHashMap<>(one);
        other.forEach((name, amount) -> sum.merge(name, amount, Quantity::plus));
        return sum;
    }

    /** What {@code one} has more of than {@code other}, by name; less is negative, and what is equal is left out. */
    public static Map<String, Quantity> minus(Map<String, Quantity> one, Map<String, Quantity> other) {
        Map<String, Quantity> difference = new LinkedHashMap<>(one);
        other.forEach((name, amount) -> difference.merge(name, amount.negate(), Quantity::plus));
        difference.values().removeIf(Quantity::isZero);
        return difference;
    }

    public static Map<String, Quantity> max(Map<String, Quantity> one, Map<String, Quantity> other) {
        Map<String, Quantity> most = new LinkedHashMap<>(one);
        other.forEach((name, amount) -> most.merge(name, amount, (a, b) -> a.compareTo(b) >= 0 ? a : b));
        return most;
    }

    /** {@code cpu=1,memory=2Gi}. */
    public static String text(Map<String, Quantity> amounts) {
        return new TreeMap<>(amounts)
                .entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining(","));
    }
}
