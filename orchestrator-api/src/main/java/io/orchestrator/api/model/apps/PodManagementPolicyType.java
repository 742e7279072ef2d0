package io.orchestrator.api.model.apps;

/** Values of pod management policy type. */
public final class PodManagementPolicyType {
    public static final String ORDERED_READY = "OrderedReady";
    public static final String PARALLEL = "Parallel";

    private PodManagementPolicyType() {}
}
