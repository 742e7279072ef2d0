package io.orchestrator.core.control.pods;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.OwnerReference;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodBuilder;
import io.orchestrator.api.model.core.PodTemplateSpec;
import java.util.List;

/** Makes pods from templates. */
public final class PodFactory {
    private PodFactory() {}

    /** The pod that the template describes, controlled by the owner. */
    public static Pod fromTemplate(PodTemplateSpec template, String namespace, String name, OwnerReference owner) {
        ObjectMeta wanted = template.metadata();
        ObjectMeta metadata = ObjectMetaBuilder.builder()
                .name(name)
                .namespace(namespace)
                .labels(wanted.labels())
                .annotations(wanted.annotations())
                .finalizers(wanted.finalizers())
                .ownerReferences(List.of(owner))
                .build();
        return PodBuilder.builder().metadata(metadata).spec(template.spec()).build();
    }
}
