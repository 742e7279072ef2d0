package io.orchestrator.core.registry.admission;

import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodSpec;
import io.orchestrator.api.model.core.PodSpecBuilder;

/**
 * Pods that name no service account run as {@code default}. Unlike Kubernetes it neither asks for the account to exist nor
 * mounts its token: there are no tokens for pods yet.
 */
public final class DefaultServiceAccount extends PodAdmission {
    @Override
    Pod complete(Pod pod) {
        PodSpec spec = pod.spec();
        if (!spec.serviceAccountName().isEmpty()) {
            return pod;
        }
        return pod.withSpec(PodSpecBuilder.builder(spec)
                .serviceAccountName("default")
                .serviceAccount("default")
                .build());
    }
}
