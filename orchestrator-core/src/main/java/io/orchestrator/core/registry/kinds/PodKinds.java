package io.orchestrator.core.registry.kinds;

import io.orchestrator.api.model.core.Binding;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodPhase;
import io.orchestrator.api.model.core.PodSpec;
import io.orchestrator.api.model.core.PodStatus;
import io.orchestrator.api.model.core.PodTemplate;
import io.orchestrator.api.model.policy.Eviction;
import io.orchestrator.core.registry.ResourceStrategy;
import io.orchestrator.core.registry.Subresource;
import io.orchestrator.core.registry.defaults.PodDefaults;
import io.orchestrator.core.registry.validation.PodUpdateValidation;
import io.orchestrator.core.registry.validation.PodValidation;
import java.util.List;

/** Pods and their templates. */
final class PodKinds {
    private PodKinds() {}

    static List<ResourceStrategy<?>> all() {
        return List.of(pod(), template());
    }

    private static ResourceStrategy<Pod> pod() {
        PodSpecs specs = new PodSpecs();
        return ResourceStrategy.of(Pod.TYPE)
                .defaults(specs::completed)
                .prepareCreate(pod -> fresh(pod, specs))
                .admitted(specs::admitted)
                .unchanged(PodSpecs::unchanged)
                .validation(specs::validate)
                .updateValidation(PodUpdateValidation::pod)
                .status((pod, source) -> pod.withStatus(source.status()))
                .triggerField("spec.nodeName", pod -> pod.spec().nodeName())
                .field("spec.restartPolicy", pod -> pod.spec().restartPolicy())
                .field("spec.schedulerName", pod -> pod.spec().schedulerName())
                .field("spec.serviceAccountName", pod -> pod.spec().serviceAccountName())
                .field("spec.hostNetwork", pod -> Boolean.toString(pod.spec().hostNetwork()))
                .field("status.phase", pod -> pod.status().phase())
                .field("status.podIP", pod -> pod.status().podIP())
                .field("status.nominatedNodeName", pod -> pod.status().nominatedNodeName())
                .graceSeconds(PodKinds::grace)
                .subresource(new Subresource.Action<>("binding", Binding.TYPE, Bindings::bind))
                .subresource(EphemeralContainers.subresource())
                .subresource(Resizes.subresource())
                .subresource(
                        new Subresource.Removal<>("eviction", Eviction.TYPE, Evictions::asDeletion, Evictions::ask))
                .build();
    }

    private static ResourceStrategy<PodTemplate> template() {
        return ResourceStrategy.of(PodTemplate.TYPE)
                .defaults(PodDefaults::of)
                .validation(PodValidation::podTemplate)
                .generationOf(PodTemplate::template)
                .build();
    }

    private static Pod fresh(Pod pod, PodSpecs specs) {
        EphemeralContainers.requireNone(pod);
        PodStatus pending = specs.pending(pod.spec());
        return pod.status() == pending ? pod : pod.withStatus(pending);
    }

    /** A pod that no node runs, or that has ended, has nothing to wait for. */
    private static long grace(Pod pod) {
        PodSpec spec = pod.spec();
        String phase = pod.status().phase();
        if (spec.nodeName().isEmpty() || phase.equals(PodPhase.SUCCEEDED) || phase.equals(PodPhase.FAILED)) {
            return 0;
        }
        Long grace = spec.terminationGracePeriodSeconds();
        return grace == null ? 0 : Math.max(1, grace);
    }
}
