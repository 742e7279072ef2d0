package io.orchestrator.core.registry.validation;

/** Where in an object a field stands, as Kubernetes writes it: {@code spec.containers[0].ports[1].name}. Immutable. */
public final class Path {
    private static final Path ROOT = new Path("");

    private final String text;

    private Path(String text) {
        this.text = text;
    }

    public static Path root() {
        return ROOT;
    }

    public static Path of(String first) {
        return new Path(first);
    }

    public Path child(String name) {
        return new Path(text.isEmpty() ? name : text + "." + name);
    }

    public Path index(int index) {
        return new Path(text + "[" + index + "]");
    }

    public Path key(String key) {
        return new Path(text + "[" + key + "]");
    }

    @Override
    public String toString() {
        return text;
    }
}
