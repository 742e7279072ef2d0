package io.orchestrator.api.model.apps;

import io.orchestrator.api.model.core.WorkloadDraft;
import java.util.function.UnaryOperator;

/** A {@link DaemonSet} in the making. */
public final class DaemonSetDraft extends WorkloadDraft<DaemonSet, DaemonSetDraft> {
    private DaemonSetSpec spec = DaemonSetSpec.EMPTY;

    DaemonSetDraft(String name) {
        super(name);
    }

    /** For whatever has no verb of its own here; the template and selector are set when it is built. */
    public DaemonSetDraft spec(UnaryOperator<DaemonSetSpecBuilder> edit) {
        spec = edit.apply(DaemonSetSpecBuilder.builder(spec)).build();
        return this;
    }

    @Override
    public DaemonSet build() {
        return new DaemonSet(metadata(), spec.withSelector(selector()).withTemplate(template()), DaemonSetStatus.EMPTY);
    }
}
