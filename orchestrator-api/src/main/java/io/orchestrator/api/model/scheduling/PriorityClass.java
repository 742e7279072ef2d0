package io.orchestrator.api.model.scheduling;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.model.core.PreemptionPolicy;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ResourceKind;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@ResourceKind(
        group = "scheduling.k8s.io",
        version = "v1",
        kind = "PriorityClass",
        plural = "priorityclasses",
        namespaced = false,
        shortNames = "pc")
@Description("A name for how important pods are.")
@RecordBuilder
public record PriorityClass(
        @Field(value = "Who the object is: its name, labels and what the system keeps about it.", tag = 1)
        ObjectMeta metadata,

        @Field(value = "The importance; greater numbers come first.", tag = 2, required = true, alwaysWritten = true)
        int value,

        @Field(value = "Whether it is for pods that name no class.", tag = 3)
        boolean globalDefault,

        @Field(value = "When it should be used.", tag = 4) String description,

        @Field(
                value = "Whether such pods may drive out others.",
                tag = 5,
                enumValues = {PreemptionPolicy.PREEMPT_LOWER_PRIORITY, PreemptionPolicy.NEVER})
        @Nullable
        String preemptionPolicy)
        implements Resource, PriorityClassBuilder.With {
    public static final ResourceType<PriorityClass> TYPE = ResourceType.of(PriorityClass.class);

    public PriorityClass {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        description = Fields.text(description);
    }

    @Override
    public PriorityClass withMetadata(ObjectMeta metadata) {
        return PriorityClassBuilder.With.super.withMetadata(metadata);
    }
}
