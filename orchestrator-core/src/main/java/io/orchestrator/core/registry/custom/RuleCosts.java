package io.orchestrator.core.registry.custom;

import io.orchestrator.core.cel.ValueShape;
import io.orchestrator.core.registry.validation.Path;
import io.orchestrator.core.registry.validation.Violations;
import io.orchestrator.core.schema.StructuralSchema;
import io.orchestrator.core.shape.SchemaShapes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** What the rules of a schema could cost, each by itself and all together. Confined. */
final class RuleCosts {
    private static final long MOST_OF_EXPRESSION = 10_000_000;
    private static final long MOST_OF_SCHEMA = 100_000_000;
    private static final int NAMED = 4;

    private final Violations violations;
    private final List<Cost> expensive = new ArrayList<>();
    private long total;

    private record Cost(Path path, long cost) {}

    RuleCosts(Violations violations) {
        this.violations = violations;
    }

    /**
     * How often values of a schema may be in an object; empty where nothing but the size of requests bounds it.
     *
     * @param parent of the schema in question
     * @param times the same of the parent
     */
    static OptionalLong times(StructuralSchema parent, OptionalLong times) {
        Long most;
        switch (parent.type()) {
            case "array" -> most = parent.declared().maxItems();
            case "object" ->
                most = parent.additional() == null
                        ? Long.valueOf(1)
                        : parent.declared().maxProperties();
            default -> most = 1L;
        }
        return most == null || times.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(product(times.getAsLong(), Math.max(0, most)));
    }

    /** @param times as {@link #times} tells of the rule's schema, whose values have the shape */
    void rule(Path path, long cost, OptionalLong times, ValueShape shape) {
        long most = times.orElse(SchemaShapes.LARGEST_REQUEST / (shape.smallest() + 1));
        add(path, product(cost, most), "estimated rule cost");
    }

    void message(Path path, long cost) {
        add(path, cost, "estimated messageExpression cost");
    }

    private void add(Path path, long cost, String what) {
        if (cost > MOST_OF_EXPRESSION) {
            violations.forbidden(path, words(what, cost, MOST_OF_EXPRESSION));
        }
        total = Long.MAX_VALUE - total < cost ? Long.MAX_VALUE : total + cost;
        if (cost >= MOST_OF_SCHEMA / 100) {
            expensive.add(new Cost(path, cost));
        }
    }

    /** Judges all of them, after the last. */
    void checkTotal(Path path) {
        if (total <= MOST_OF_SCHEMA) {
            return;
        }
        expensive.stream()
                .sorted(Comparator.comparingLong(Cost::cost).reversed())
                .limit(NAMED)
                .forEach(cost -> violations.forbidden(
                        cost.path(),
                        "contributed to estimated rule cost total exceeding cost limit for entire OpenAPIv3 schema"));
        violations.forbidden(
                path,
                words(
                        "x-kubernetes-validations estimated rule cost total for entire OpenAPIv3 schema",
                        total,
                        MOST_OF_SCHEMA));
    }

    private static String words(String what, long cost, long limit) {
        double factor = (double) cost / limit;
        String times =
                factor > 100 ? "more than 100x" : String.format(Locale.ROOT, factor < 1.5 ? "%fx" : "%.1fx", factor);
        return what + " exceeds budget by factor of " + times + " (try simplifying the rule, or adding maxItems, "
                + "maxProperties, and maxLength where arrays, maps, and strings are declared)";
    }

    private static long product(long one, long other) {
        return one != 0 && other > Long.MAX_VALUE / one ? Long.MAX_VALUE : one * other;
    }
}
