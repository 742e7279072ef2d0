package io.orchestrator.core.schedule.framework;

/**
 * Under which a plugin keeps something for the rest of a pod's cycle. Two keys are never the same, whatever their names: a
 * plugin has its own in a constant, and with it a value of a type that the compiler knows.
 */
public final class CycleKey<T> {
    private final String name;

    private CycleKey(String name) {
        this.name = name;
    }

    /** @param name for messages */
    public static <T> CycleKey<T> named(String name) {
        return new CycleKey<>(name);
    }

    @Override
    public String toString() {
        return name;
    }
}
