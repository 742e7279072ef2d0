package io.orchestrator.api.meta;

/** Known values of a condition status; others are stored just as well. */
public final class ConditionStatus {
    public static final String TRUE = "True";
    public static final String FALSE = "False";
    public static final String UNKNOWN = "Unknown";

    private ConditionStatus() {}
}
