package io.orchestrator.api.model.apps;

/** Values of daemon set update strategy type. */
public final class DaemonSetUpdateStrategyType {
    public static final String ROLLING_UPDATE = "RollingUpdate";
    public static final String ON_DELETE = "OnDelete";

    private DaemonSetUpdateStrategyType() {}
}
