package io.orchestrator.api.model.core;

/** Known values of a pull policy; others are stored just as well. */
public final class PullPolicy {
    public static final String ALWAYS = "Always";
    public static final String NEVER = "Never";
    public static final String IF_NOT_PRESENT = "IfNotPresent";

    private PullPolicy() {}
}
