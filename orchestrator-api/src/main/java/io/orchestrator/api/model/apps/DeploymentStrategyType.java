package io.orchestrator.api.model.apps;

/** Known values of a deployment strategy type; others are stored just as well. */
public final class DeploymentStrategyType {
    public static final String RECREATE = "Recreate";
    public static final String ROLLING_UPDATE = "RollingUpdate";

    private DeploymentStrategyType() {}
}
