package io.orchestrator.core.registry.validation;

import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodSpec;
import io.orchestrator.api.model.core.PodTemplate;
import io.orchestrator.api.model.core.PodTemplateSpec;

/** What must hold of pods and templates of pods. */
public final class PodValidation {
    private PodValidation() {}

    public static void pod(Pod pod, Violations violations) {
        spec(pod.spec(), Path.of("spec"), violations);
    }

    public static void podTemplate(PodTemplate template, Violations violations) {
        template(template.template(), Path.of("template"), violations);
    }

    static void template(PodTemplateSpec template, Path field, Violations violations) {
        MetadataValidation.labels(template.metadata().labels(), field.child("labels"), violations);
        MetadataValidation.annotations(template.metadata().annotations(), field.child("annotations"), violations);
        spec(template.spec(), field.child("spec"), violations);
    }

    static void spec(PodSpec spec, Path field, Violations violations) {
        if (spec.containers().isEmpty()) {
            violations.required(field.child("containers"));
        }
    }
}
