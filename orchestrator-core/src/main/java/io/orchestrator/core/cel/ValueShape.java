package io.orchestrator.core.cel;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a value before there is one: its type, what lies in it, and how large it may be. Immutable.
 *
 * @param nullable whether null may stand in its place
 * @param fields of an object that has some; empty for all else
 * @param element of lists and of objects whose fields are all of one shape; null for all else
 * @param most the largest number of characters, bytes, items or fields; 0 where there is nothing to count
 * @param smallest how many bytes the smallest value takes in JSON
 */
public record ValueShape(
        ValueType type,
        boolean nullable,
        Map<String, ValueShape> fields,
        @Nullable ValueShape element,
        long most,
        long smallest) {
    private static final long SMALLEST_CONTAINER = 2;

    public ValueShape {
        fields = Map.copyOf(fields);
    }

    /** A value with nothing in it. */
    public static ValueShape simple(ValueType type, long most, long smallest) {
        return new ValueShape(type, false, Map.of(), null, most, smallest);
    }

    public static ValueShape list(ValueShape element, long most) {
        return new ValueShape(ValueType.LIST, false, Map.of(), element, most, SMALLEST_CONTAINER);
    }

    /** An object whose fields have any name, and all this shape. */
    public static ValueShape map(ValueShape element, long most) {
        return new ValueShape(ValueType.OBJECT, false, Map.of(), element, most, SMALLEST_CONTAINER);
    }

    /** An object with these fields and no others. */
    public static ValueShape object(Map<String, ValueShape> fields, long smallest) {
        return new ValueShape(ValueType.OBJECT, false, fields, null, 0, smallest);
    }

    /** The same, or nothing: an optional value of expressions. */
    public ValueShape orNothing() {
        return new ValueShape(ValueType.OPTIONAL, false, Map.of(), this, 0, 0);
    }

    /** The same, or null. */
    public ValueShape orNull() {
        return new ValueShape(type, true, fields, element, most, smallest);
    }
}
