package io.orchestrator.api.model.core;

/** Known values of a taint effect; others are stored just as well. */
public final class TaintEffect {
    public static final String NO_SCHEDULE = "NoSchedule";
    public static final String PREFER_NO_SCHEDULE = "PreferNoSchedule";
    public static final String NO_EXECUTE = "NoExecute";

    private TaintEffect() {}
}
