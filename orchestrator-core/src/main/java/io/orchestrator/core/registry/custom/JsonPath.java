package io.orchestrator.core.registry.custom;

import io.orchestrator.api.meta.Unstructured;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A path into an object as definitions write it: {@code .spec.replicas}, {@code .status.conditions[?(@.type=="Ready")].status},
 * {@code .metadata.labels['app\.kubernetes\.io/name']}. Immutable.
 */
final class JsonPath {
    private final String text;
    private final List<Step> steps;

    private JsonPath(String text, List<Step> steps) {
        this.text = text;
        this.steps = List.copyOf(steps);
    }

    /** @throws IllegalArgumentException saying what cannot be read */
    static JsonPath parse(String text) {
        return new JsonPath(text, new JsonPathParser(text).parse());
    }

    /** One step, from a value to those below it. */
    sealed interface Step {
        record Field(String name) implements Step {}

        record Index(int index) implements Step {}

        record All() implements Step {}

        /** @param value null to ask whether the path leads anywhere */
        record Filter(
                List<Step> path, String operator, @Nullable Object value) implements Step {}
    }

    /** Whether it only goes from field to field. */
    boolean isSimple() {
        return !steps.isEmpty() && steps.stream().allMatch(step -> step instanceof Step.Field);
    }

    /** The names on the way of a simple path. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        for (Step step : steps) {
            if (step instanceof Step.Field field) {
                names.add(field.name());
            }
        }
        return names;
    }

    /** Everything that it leads to; nulls are left out. */
    List<Object> find(Unstructured object) {
        List<@Nullable Object> found = new ArrayList<>();
        follow(ObjectValues.root(object), steps, found);
        List<Object> values = new ArrayList<>();
        for (Object value : found) {
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    Optional<Object> findFirst(Unstructured object) {
        return find(object).stream().findFirst();
    }

    private static void follow(@Nullable Object value, List<Step> steps, List<@Nullable Object> found) {
        if (steps.isEmpty()) {
            found.add(value);
            return;
        }
        List<Step> rest = steps.subList(1, steps.size());
        Step step = steps.get(0);
        if (step instanceof Step.Field field) {
            if (value instanceof Map<?, ?> map && map.containsKey(field.name())) {
                follow(map.get(field.name()), rest, found);
            }
        } else if (step instanceof Step.Index place) {
            if (value instanceof List<?> list) {
                int index = place.index() < 0 ? list.size() + place.index() : place.index();
                if (index >= 0 && index < list.size()) {
                    follow(list.get(index), rest, found);
                }
            }
        } else {
            for (Object child : children(value)) {
                if (!(step instanceof Step.Filter filter) || holds(filter, child)) {
                    follow(child, rest, found);
                }
            }
        }
    }

    private static List<?> children(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list;
        }
        return value instanceof Map<?, ?> map ? new ArrayList<>(map.values()) : List.of();
    }

    private static boolean holds(Step.Filter filter, @Nullable Object value) {
        List<@Nullable Object> found = new ArrayList<>();
        follow(value, filter.path(), found);
        if (filter.operator().isEmpty()) {
            return !found.isEmpty();
        }
        return found.stream().anyMatch(each -> compares(each, filter.operator(), filter.value()));
    }

    private static boolean compares(@Nullable Object value, String operator, @Nullable Object other) {
        if (operator.equals("==") || operator.equals("!=")) {
            boolean same = value instanceof Number one && other instanceof Number two
                    ? one.doubleValue() == two.doubleValue()
                    : Objects.equals(value, other);
            return same == operator.equals("==");
        }
        int order;
        if (value instanceof Number one && other instanceof Number two) {
            order = Double.compare(one.doubleValue(), two.doubleValue());
        } else if (value instanceof String one && other instanceof String two) {
            order = one.compareTo(two);
        } else {
            return false;
        }
        return switch (operator) {
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            default -> order >= 0;
        };
    }

    @Override
    public String toString() {
        return text;
    }
}
