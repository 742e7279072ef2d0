package io.orchestrator.api.model.apps;

/** Known values of a pod management policy type; others are stored just as well. */
public final class PodManagementPolicyType {
    public static final String ORDERED_READY = "OrderedReady";
    public static final String PARALLEL = "Parallel";

    private PodManagementPolicyType() {}
}
