package io.orchestrator.core.registry.validation;

import org.jspecify.annotations.Nullable;

/**
 * Where in an object a field stands, as Kubernetes writes it: {@code spec.containers[0].ports[1].name}. Immutable. Put into
 * words only when it is asked for, which is never for an object that is as it should be.
 */
public final class Path {
    private static final Path ROOT = new Path(null, "", false);

    private final @Nullable Path parent;
    private final Object step;
    private final boolean subscript;

    private Path(@Nullable Path parent, Object step, boolean subscript) {
        this.parent = parent;
        this.step = step;
        this.subscript = subscript;
    }

    public static Path root() {
        return ROOT;
    }

    public static Path of(String first) {
        return ROOT.child(first);
    }

    public Path child(String name) {
        return new Path(this, name, false);
    }

    public Path index(int index) {
        return new Path(this, index, true);
    }

    public Path key(String key) {
        return new Path(this, key, true);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        appendTo(text);
        return text.toString();
    }

    private void appendTo(StringBuilder text) {
        if (parent != null) {
            parent.appendTo(text);
        }
        if (subscript) {
            text.append('[').append(step).append(']');
        } else {
            text.append(text.isEmpty() ? "" : ".").append(step);
        }
    }
}
