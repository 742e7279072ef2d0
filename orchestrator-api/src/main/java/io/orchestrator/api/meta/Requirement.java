package io.orchestrator.api.meta;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One condition of a label selector.
 *
 * @param values sorted, each once; empty for {@code EXISTS} and {@code DOES_NOT_EXIST}
 */
public record Requirement(String key, Operator operator, List<String> values) {
    /** How the label is compared. Operators that mean the same differ in the way they are written. */
    public enum Operator {
        IN,
        NOT_IN,
        EQUALS,
        DOUBLE_EQUALS,
        NOT_EQUALS,
        EXISTS,
        DOES_NOT_EXIST,
        GREATER_THAN,
        LESS_THAN
    }

    /**
     * @throws IllegalArgumentException if the key is no label key, a value no label value, or their number does not suit the
     *     operator
     */
    public Requirement {
        values = values.stream().sorted().distinct().collect(Collectors.toUnmodifiableList());
        Names.require(Names.qualifiedName(key), "label key", key);
        switch (operator) {
            case IN, NOT_IN -> check(!values.isEmpty(), key, "needs at least one value");
            case EQUALS, DOUBLE_EQUALS, NOT_EQUALS -> check(values.size() == 1, key, "needs exactly one value");
            case EXISTS, DOES_NOT_EXIST -> check(values.isEmpty(), key, "takes no value");
            case GREATER_THAN, LESS_THAN -> {
                check(values.size() == 1, key, "needs exactly one value");
                check(LabelNumber.isNumber(values.get(0)), key, "is compared with something that is no whole number");
            }
        }
        values.forEach(value -> Names.require(Names.labelValue(value), "label value", value));
    }

    private static void check(boolean holds, String key, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException("the requirement on label \"" + key + "\" " + otherwise);
        }
    }

    public boolean matches(Map<String, String> labels) {
        String actual = labels.get(key);
        return switch (operator) {
            case IN, EQUALS, DOUBLE_EQUALS -> actual != null && values.contains(actual);
            case NOT_IN, NOT_EQUALS -> actual == null || !values.contains(actual);
            case EXISTS -> actual != null;
            case DOES_NOT_EXIST -> actual == null;
            case GREATER_THAN -> LabelNumber.compares(actual, values.get(0), true);
            case LESS_THAN -> LabelNumber.compares(actual, values.get(0), false);
        };
    }

    @Override
    public String toString() {
        return switch (operator) {
            case EQUALS -> key + "=" + values.get(0);
            case DOUBLE_EQUALS -> key + "==" + values.get(0);
            case NOT_EQUALS -> key + "!=" + values.get(0);
            case IN -> key + " in (" + String.join(",", values) + ")";
            case NOT_IN -> key + " notin (" + String.join(",", values) + ")";
            case EXISTS -> key;
            case DOES_NOT_EXIST -> "!" + key;
            case GREATER_THAN -> key + ">" + values.get(0);
            case LESS_THAN -> key + "<" + values.get(0);
        };
    }
}
