package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.LabelSelector;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.schema.Fields;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What everything that makes pods has in common. The pods have the label {@code app} with the name of the object as its value,
 * and the selector asks for it.
 */
public abstract class WorkloadDraft<T extends Resource, D extends WorkloadDraft<T, D>> extends PodTemplateDraft<T, D> {
    private final Map<String, String> selected;
    private ObjectMeta podMetadata;

    protected WorkloadDraft(String name) {
        super(name);
        selected = Fields.map(Map.of("app", name));
        podMetadata = ObjectMeta.EMPTY.withLabels(selected);
        super.label("app", name);
    }

    /** A label of the object and of its pods. The selector stays as it is. */
    @Override
    public D label(String key, String value) {
        super.label(key, value);
        return podLabel(key, value);
    }

    public D podLabel(String key, String value) {
        podMetadata = podMetadata.withLabel(key, value);
        return self();
    }

    public D podAnnotation(String key, String value) {
        podMetadata = podMetadata.withAnnotation(key, value);
        return self();
    }

    /** For whatever has no verb of its own here. */
    public D podMetadata(UnaryOperator<ObjectMetaBuilder> edit) {
        podMetadata = edit.apply(ObjectMetaBuilder.builder(podMetadata)).build();
        return self();
    }

    protected final LabelSelector selector() {
        return LabelSelector.of(selected);
    }

    protected final PodTemplateSpec template() {
        return new PodTemplateSpec(podMetadata, podSpec());
    }
}
