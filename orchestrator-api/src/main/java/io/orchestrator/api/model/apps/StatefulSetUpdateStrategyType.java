package io.orchestrator.api.model.apps;

/** Known values of a stateful set update strategy type; others are stored just as well. */
public final class StatefulSetUpdateStrategyType {
    public static final String ROLLING_UPDATE = "RollingUpdate";
    public static final String ON_DELETE = "OnDelete";

    private StatefulSetUpdateStrategyType() {}
}
