package io.orchestrator.api.model.apps;

import io.orchestrator.api.model.core.WorkloadDraft;
import java.util.function.UnaryOperator;

/** A {@link ReplicaSet} in the making. */
public final class ReplicaSetDraft extends WorkloadDraft<ReplicaSet, ReplicaSetDraft> {
    private ReplicaSetSpec spec = ReplicaSetSpec.EMPTY;

    ReplicaSetDraft(String name) {
        super(name);
    }

    public ReplicaSetDraft replicas(int replicas) {
        return spec(edit -> edit.replicas(replicas));
    }

    /** For whatever has no verb of its own here; the template and selector are set when it is built. */
    public ReplicaSetDraft spec(UnaryOperator<ReplicaSetSpecBuilder> edit) {
        spec = edit.apply(ReplicaSetSpecBuilder.builder(spec)).build();
        return this;
    }

    @Override
    public ReplicaSet build() {
        return new ReplicaSet(
                metadata(), spec.withSelector(selector()).withTemplate(template()), ReplicaSetStatus.EMPTY);
    }
}
