package io.orchestrator.api.model.core;

/** How grave an event is. */
public final class EventType {
    public static final String NORMAL = "Normal";
    public static final String WARNING = "Warning";

    private EventType() {}
}
