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

@Description("How many pods are kept, what they look like, and how they come and go.")
@RecordBuilder
public record StatefulSetSpec(
        @Field(value = "How many pods are wanted.", tag = 1) @Nullable
        Integer replicas,

        @Field(value = "Which pods are its own; it must fit the labels of the template.", tag = 2, required = true)
        @Nullable
        LabelSelector selector,

        @Field(value = "The pods that it makes.", tag = 3, required = true)
        PodTemplateSpec template,

        @Field(value = "The claims that each pod gets.", tag = 4, listType = ListType.ATOMIC)
        List<PersistentVolumeClaim> volumeClaimTemplates,

        @Field(value = "The headless service that gives the pods their names.", tag = 5, alwaysWritten = true)
        String serviceName,

        @Field(
                value = "Whether pods come and go one by one or all at once.",
                tag = 6,
                enumValues = {PodManagementPolicyType.ORDERED_READY, PodManagementPolicyType.PARALLEL})
        String podManagementPolicy,

        @Field(value = "How pods are replaced.", tag = 7) StatefulSetUpdateStrategy updateStrategy,

        @Field(value = "How many old revisions are kept to go back to.", tag = 8) @Nullable
        Integer revisionHistoryLimit,

        @Field(value = "How long a new pod must be ready before it counts as available.", tag = 9)
        int minReadySeconds,

        @Field(value = "What happens to claims that no pod uses any more.", tag = 10) @Nullable
        StatefulSetPersistentVolumeClaimRetentionPolicy persistentVolumeClaimRetentionPolicy,

        @Field(value = "How the pods are numbered.", tag = 11) @Nullable
        StatefulSetOrdinals ordinals)
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
