package io.orchestrator.api.model.core;

/** Values of preemption policy. */
public final class PreemptionPolicy {
    public static final String PREEMPT_LOWER_PRIORITY = "PreemptLowerPriority";
    public static final String NEVER = "Never";

    private PreemptionPolicy() {}
}
