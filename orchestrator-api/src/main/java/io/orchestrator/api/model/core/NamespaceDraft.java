package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.Draft;

/** A {@link Namespace} in the making. */
public final class NamespaceDraft extends Draft<Namespace, NamespaceDraft> {
    NamespaceDraft(String name) {
        super(name);
    }

    @Override
    public Namespace build() {
        return new Namespace(metadata(), NamespaceSpec.EMPTY, NamespaceStatus.EMPTY);
    }
}
