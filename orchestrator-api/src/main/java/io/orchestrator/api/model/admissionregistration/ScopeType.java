package io.orchestrator.api.model.admissionregistration;

/** Known values of a scope type; others are stored just as well. */
public final class ScopeType {
    public static final String CLUSTER = "Cluster";
    public static final String NAMESPACED = "Namespaced";
    public static final String ALL_SCOPES = "*";

    private ScopeType() {}
}
