package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.Draft;

/** A {@link ServiceAccount} in the making. */
public final class ServiceAccountDraft extends Draft<ServiceAccount, ServiceAccountDraft> {
    ServiceAccountDraft(String name) {
        super(name);
    }

    @Override
    public ServiceAccount build() {
        return ServiceAccountBuilder.builder().metadata(metadata()).build();
    }
}
