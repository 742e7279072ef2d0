package io.orchestrator.api.model.apps;

import io.orchestrator.api.meta.LabelSelector;
import io.orchestrator.api.model.core.PersistentVolumeClaim;
import io.orchestrator.api.model.core.PodTemplateSpec;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Description("Stateful set spec.")
@RecordBuilder
public record StatefulSetSpec(
        @Field(value = "Replicas.", tag = 1) @Nullable Integer replicas,

        @Field(value = "Selector.", tag = 2, required = true) @Nullable
        LabelSelector selector,

        @Field(value = "Template.", tag = 3, required = true)
        PodTemplateSpec template,

        @Field(value = "Volume claim templates.", tag = 4, listType = ListType.ATOMIC)
        List<PersistentVolumeClaim> volumeClaimTemplates,

        @Field(value = "Service name.", tag = 5, alwaysWritten = true)
        String serviceName,

        @Field(
                value = "Pod management policy.",
                tag = 6,
                enumValues = {PodManagementPolicyType.ORDERED_READY, PodManagementPolicyType.PARALLEL})
        String podManagementPolicy,

        @Field(value = "Update strategy.", tag = 7) StatefulSetUpdateStrategy updateStrategy,

        @Field(value = "Revision history limit.", tag = 8) @Nullable
        Integer revisionHistoryLimit,

        @Field(value = "Min ready seconds.", tag = 9) int minReadySeconds,

        @Field(value = "Persistent volume claim retention policy.", tag = 10) @Nullable
        StatefulSetPersistentVolumeClaimRetentionPolicy persistentVolumeClaimRetentionPolicy,

        @Field(value = "Ordinals.", tag = 11) @Nullable StatefulSetOrdinals ordinals)
        implements StatefulSetSpecBuilder.With {
    public static final StatefulSetSpec EMPTY = StatefulSetSpecBuilder.builder().build();

    public StatefulSetSpec {
        template = Fields.orElse(template, PodTemplateSpec.EMPTY);
        volumeClaimTemplates = Fields.list(volumeClaimTemplates);
        serviceName = Fields.text(serviceName);
        podManagementPolicy = Fields.text(podManagementPolicy);
        updateStrategy = Fields.orElse(updateStrategy, StatefulSetUpdateStrategy.EMPTY);
    }
}
