package io.orchestrator.api.model.core;

/** Values of pod qos class. */
public final class PodQOSClass {
    public static final String GUARANTEED = "Guaranteed";
    public static final String BURSTABLE = "Burstable";
    public static final String BEST_EFFORT = "BestEffort";

    private PodQOSClass() {}
}
