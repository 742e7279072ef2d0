package io.orchestrator.api.model.core;

import java.util.function.UnaryOperator;

/** A {@link Pod} in the making. */
public final class PodDraft extends PodTemplateDraft<Pod, PodDraft> {
    PodDraft(String name) {
        super(name);
    }

    /** Bypasses the scheduler. */
    public PodDraft nodeName(String node) {
        return spec(spec -> spec.nodeName(node));
    }

    /** For whatever has no verb of its own here. */
    public PodDraft spec(UnaryOperator<PodSpecBuilder> edit) {
        return podSpec(edit);
    }

    @Override
    public Pod build() {
        return new Pod(metadata(), podSpec(), PodStatus.EMPTY);
    }
}
