package io.orchestrator.api.meta;

/** Annotations that the system itself sets or reads. */
public final class WellKnownAnnotations {
    /** The number of a roll-out, on a deployment and its replica sets. */
    public static final String REVISION = "deployment.kubernetes.io/revision";

    /** Earlier numbers of the same template, on a replica set. */
    public static final String REVISION_HISTORY = "deployment.kubernetes.io/revision-history";

    public static final String DESIRED_REPLICAS = "deployment.kubernetes.io/desired-replicas";
    public static final String MAX_REPLICAS = "deployment.kubernetes.io/max-replicas";
    public static final String CHANGE_CAUSE = "kubernetes.io/change-cause";
    public static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
    public static final String RESTARTED_AT = "kubectl.kubernetes.io/restartedAt";

    /** The time of the change that made a controller rewrite the endpoints. */
    public static final String ENDPOINTS_LAST_CHANGE = "endpoints.kubernetes.io/last-change-trigger-time";

    /** On endpoints that hold only part of the addresses. */
    public static final String ENDPOINTS_OVER_CAPACITY = "endpoints.kubernetes.io/over-capacity";

    /** A whole number; of a controller's pods, those with the lowest go first. */
    public static final String POD_DELETION_COST = "controller.kubernetes.io/pod-deletion-cost";

    /** On a mirror pod, the hash of the file it was read from. */
    public static final String CONFIG_MIRROR = "kubernetes.io/config.mirror";

    /** The container that logs and exec take if none is named. */
    public static final String DEFAULT_CONTAINER = "kubectl.kubernetes.io/default-container";

    private WellKnownAnnotations() {}
}
