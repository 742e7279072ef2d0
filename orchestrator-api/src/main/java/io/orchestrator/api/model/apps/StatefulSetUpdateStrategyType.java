package io.orchestrator.api.model.apps;

/** Values of stateful set update strategy type. */
public final class StatefulSetUpdateStrategyType {
    public static final String ROLLING_UPDATE = "RollingUpdate";
    public static final String ON_DELETE = "OnDelete";

    private StatefulSetUpdateStrategyType() {}
}
