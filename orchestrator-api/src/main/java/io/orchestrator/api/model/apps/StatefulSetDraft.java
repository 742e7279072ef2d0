package io.orchestrator.api.model.apps;

import io.orchestrator.api.model.core.WorkloadDraft;
import java.util.function.UnaryOperator;

/** A {@link StatefulSet} in the making. */
public final class StatefulSetDraft extends WorkloadDraft<StatefulSet, StatefulSetDraft> {
    private StatefulSetSpec spec = StatefulSetSpec.EMPTY;

    StatefulSetDraft(String name) {
        super(name);
    }

    public StatefulSetDraft replicas(int replicas) {
        return spec(edit -> edit.replicas(replicas));
    }

    /** The headless service that gives its pods their names. */
    public StatefulSetDraft service(String name) {
        return spec(edit -> edit.serviceName(name));
    }

    /** For whatever has no verb of its own here; the template and selector are set when it is built. */
    public StatefulSetDraft spec(UnaryOperator<StatefulSetSpecBuilder> edit) {
        spec = edit.apply(StatefulSetSpecBuilder.builder(spec)).build();
        return this;
    }

    @Override
    public StatefulSet build() {
        return new StatefulSet(
                metadata(), spec.withSelector(selector()).withTemplate(template()), StatefulSetStatus.EMPTY);
    }
}
