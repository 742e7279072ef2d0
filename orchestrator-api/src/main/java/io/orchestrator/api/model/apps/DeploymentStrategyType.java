package io.orchestrator.api.model.apps;

/** Values of deployment strategy type. */
public final class DeploymentStrategyType {
    public static final String RECREATE = "Recreate";
    public static final String ROLLING_UPDATE = "RollingUpdate";

    private DeploymentStrategyType() {}
}
