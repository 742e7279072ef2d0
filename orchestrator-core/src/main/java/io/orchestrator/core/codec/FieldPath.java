package io.orchestrator.core.codec;

import java.util.Arrays;

/** Where a decoder stands, kept cheaply and written out only when something is wrong. Confined to one decoding. */
final class FieldPath {
    private Object[] steps = new Object[16];
    private int depth;

    void push(String name) {
        grow();
        steps[depth++] = name;
    }

    void push(int index) {
        grow();
        steps[depth++] = index;
    }

    void pop() {
        depth--;
    }

    private void grow() {
        if (depth == steps.length) {
            steps = Arrays.copyOf(steps, depth * 2);
        }
    }

    /** Such as {@code spec.containers[0].name}. */
    String with(String field) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            append(text, steps[i]);
        }
        if (!field.isEmpty()) {
            append(text, field);
        }
        return text.toString();
    }

    private static void append(StringBuilder text, Object step) {
        if (step instanceof Integer index) {
            text.append('[').append((int) index).append(']');
        } else {
            if (!text.isEmpty()) {
                text.append('.');
            }
            text.append(step);
        }
    }

    @Override
    public String toString() {
        return with("");
    }
}
