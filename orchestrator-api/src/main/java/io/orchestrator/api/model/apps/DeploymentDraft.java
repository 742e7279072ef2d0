package io.orchestrator.api.model.apps;

import io.orchestrator.api.meta.IntOrString;
import io.orchestrator.api.model.core.WorkloadDraft;
import io.orchestrator.api.schema.Fields;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** A {@link Deployment} in the making. */
public final class DeploymentDraft extends WorkloadDraft<Deployment, DeploymentDraft> {
    private DeploymentSpec spec = DeploymentSpec.EMPTY;

    DeploymentDraft(String name) {
        super(name);
    }

    public DeploymentDraft replicas(int replicas) {
        return spec(edit -> edit.replicas(replicas));
    }

    /** How many pods a roll-out may have beyond the replicas: a number, or a percentage such as {@code 25%}. */
    public DeploymentDraft maxSurge(String numberOrPercent) {
        return rolling(rolling -> rolling.maxSurge(IntOrString.parse(numberOrPercent)));
    }

    public DeploymentDraft maxSurge(int pods) {
        return rolling(rolling -> rolling.maxSurge(IntOrString.of(pods)));
    }

    /** How many of the replicas a roll-out may lack: a number, or a percentage such as {@code 25%}. */
    public DeploymentDraft maxUnavailable(String numberOrPercent) {
        return rolling(rolling -> rolling.maxUnavailable(IntOrString.parse(numberOrPercent)));
    }

    public DeploymentDraft maxUnavailable(int pods) {
        return rolling(rolling -> rolling.maxUnavailable(IntOrString.of(pods)));
    }

    private DeploymentDraft rolling(UnaryOperator<RollingUpdateDeploymentBuilder> edit) {
        RollingUpdateDeployment before = Fields.orElse(spec.strategy().rollingUpdate(), RollingUpdateDeployment.EMPTY);
        RollingUpdateDeployment after =
                edit.apply(RollingUpdateDeploymentBuilder.builder(before)).build();
        return spec(edited -> edited.strategy(new DeploymentStrategy(DeploymentStrategyType.ROLLING_UPDATE, after)));
    }

    /** All old pods go before the first new one comes. */
    public DeploymentDraft recreate() {
        return spec(edit -> edit.strategy(new DeploymentStrategy(DeploymentStrategyType.RECREATE, null)));
    }

    /** How long a new pod must be ready before it counts. */
    public DeploymentDraft minReady(Duration duration) {
        return spec(edit -> edit.minReadySeconds(Math.toIntExact(duration.toSeconds())));
    }

    /** How long a roll-out may stand still before it is reported as failed. */
    public DeploymentDraft progressDeadline(Duration duration) {
        return spec(edit -> edit.progressDeadlineSeconds(Math.toIntExact(duration.toSeconds())));
    }

    /** How many old revisions are kept to go back to. */
    public DeploymentDraft revisionHistoryLimit(int revisions) {
        return spec(edit -> edit.revisionHistoryLimit(revisions));
    }

    /** For whatever has no verb of its own here; the template and selector are set when it is built. */
    public DeploymentDraft spec(UnaryOperator<DeploymentSpecBuilder> edit) {
        spec = edit.apply(DeploymentSpecBuilder.builder(spec)).build();
        return this;
    }

    @Override
    public Deployment build() {
        return new Deployment(
                metadata(), spec.withSelector(selector()).withTemplate(template()), DeploymentStatus.EMPTY);
    }
}
