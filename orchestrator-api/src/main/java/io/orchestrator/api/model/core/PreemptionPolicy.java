package io.orchestrator.api.model.core;

/** Known values of a preemption policy; others are stored just as well. */
public final class PreemptionPolicy {
    public static final String PREEMPT_LOWER_PRIORITY = "PreemptLowerPriority";
    public static final String NEVER = "Never";

    private PreemptionPolicy() {}
}
