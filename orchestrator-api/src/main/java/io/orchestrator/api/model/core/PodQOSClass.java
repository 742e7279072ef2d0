package io.orchestrator.api.model.core;

/** Known values of a pod qos class; others are stored just as well. */
public final class PodQOSClass {
    public static final String GUARANTEED = "Guaranteed";
    public static final String BURSTABLE = "Burstable";
    public static final String BEST_EFFORT = "BestEffort";

    private PodQOSClass() {}
}
