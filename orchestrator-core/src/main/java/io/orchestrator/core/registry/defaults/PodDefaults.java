package io.orchestrator.core.registry.defaults;

import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodSecurityContext;
import io.orchestrator.api.model.core.PodSpec;
import io.orchestrator.api.model.core.PodSpecBuilder;
import io.orchestrator.api.model.core.PodTemplate;
import io.orchestrator.api.model.core.PodTemplateBuilder;
import io.orchestrator.api.model.core.PodTemplateSpec;
import io.orchestrator.api.model.core.PodTemplateSpecBuilder;

/** What Kubernetes fills in for pods and for templates of pods. */
public final class PodDefaults {
    private static final long GRACE_SECONDS = 30;

    private PodDefaults() {}

    public static Pod of(Pod pod) {
        return pod.withSpec(of(pod.spec()));
    }

    /** Of a pod, not of a template; the very same where nothing is missing. */
    public static PodSpec of(PodSpec given) {
        PodSpec spec = spec(given);
        PodSpec complete = PodSpecBuilder.builder(spec)
                .containers(Each.of(spec.containers(), ContainerDefaults::withRequests))
                .initContainers(Each.of(spec.initContainers(), ContainerDefaults::withRequests))
                .enableServiceLinks(spec.enableServiceLinks() == null ? Boolean.TRUE : spec.enableServiceLinks())
                .build();
        return complete.equals(given) ? given : complete;
    }

    public static PodTemplate of(PodTemplate template) {
        return PodTemplateBuilder.builder(template)
                .template(of(template.template()))
                .build();
    }

    public static PodTemplateSpec of(PodTemplateSpec template) {
        return PodTemplateSpecBuilder.builder(template)
                .spec(spec(template.spec()))
                .build();
    }

    private static PodSpec spec(PodSpec spec) {
        String account = ContainerDefaults.or(spec.serviceAccountName(), spec.serviceAccount());
        return PodSpecBuilder.builder(spec)
                .restartPolicy(ContainerDefaults.or(spec.restartPolicy(), "Always"))
                .dnsPolicy(ContainerDefaults.or(spec.dnsPolicy(), "ClusterFirst"))
                .schedulerName(ContainerDefaults.or(spec.schedulerName(), "default-scheduler"))
                .serviceAccountName(account)
                .serviceAccount(account)
                .securityContext(spec.securityContext() == null ? PodSecurityContext.EMPTY : spec.securityContext())
                .terminationGracePeriodSeconds(
                        spec.terminationGracePeriodSeconds() == null
                                ? Long.valueOf(GRACE_SECONDS)
                                : spec.terminationGracePeriodSeconds())
                .containers(
                        Each.of(spec.containers(), container -> ContainerDefaults.of(container, spec.hostNetwork())))
                .initContainers(Each.of(
                        spec.initContainers(), container -> ContainerDefaults.of(container, spec.hostNetwork())))
                .ephemeralContainers(Each.of(spec.ephemeralContainers(), ContainerDefaults::of))
                .volumes(Each.of(spec.volumes(), VolumeDefaults::of))
                .build();
    }
}
