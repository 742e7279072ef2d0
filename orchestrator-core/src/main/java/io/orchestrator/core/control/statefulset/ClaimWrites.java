package io.orchestrator.core.control.statefulset;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.ResourceClient;
import io.orchestrator.api.control.Context;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.OwnerReference;
import io.orchestrator.api.meta.OwnerReferenceBuilder;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.model.apps.PersistentVolumeClaimRetentionPolicyType;
import io.orchestrator.api.model.apps.StatefulSet;
import io.orchestrator.api.model.apps.StatefulSetPersistentVolumeClaimRetentionPolicy;
import io.orchestrator.api.model.core.PersistentVolumeClaim;
import io.orchestrator.api.model.core.PersistentVolumeClaimBuilder;
import io.orchestrator.api.model.core.Pod;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The claims of a StatefulSet's pods: made before the pod, kept when it goes, and given an owner with whom they go where the
 * retention policy says so. Claims have names that follow from the pod's, so they are read one by one and never doubled.
 */
final class ClaimWrites {
    private final StatefulSet set;
    private final Context context;

    ClaimWrites(StatefulSet set, Context context) {
        this.set = set;
        this.context = context;
    }

    /** Makes those claims of the pod that are missing. */
    void ensure(Pod pod, int ordinal) {
        for (PersistentVolumeClaim template : set.spec().volumeClaimTemplates()) {
            String name = SetPods.claimName(set, template, ordinal);
            PersistentVolumeClaim found = client().find(name).orElse(null);
            if (found == null) {
                create(template, name, pod);
            } else if (found.metadata().deletionTimestamp() != null) {
                throw ApiException.conflict(
                        "", "persistentvolumeclaims", name, "it is being deleted, and the pod waits for a new one");
            }
        }
    }

    /** Gives the claims of a pod the owners that the policy wants. Writes nothing when they have them. */
    void own(Pod pod, int ordinal, boolean wanted) {
        StatefulSetPersistentVolumeClaimRetentionPolicy policy = set.spec().persistentVolumeClaimRetentionPolicy();
        if (policy == null) {
            return;
        }
        boolean withPod = isDelete(policy.whenScaled()) && !wanted;
        boolean withSet = isDelete(policy.whenDeleted()) && !withPod;
        for (PersistentVolumeClaim template : set.spec().volumeClaimTemplates()) {
            client().find(SetPods.claimName(set, template, ordinal)).ifPresent(claim -> {
                List<OwnerReference> owners = new ArrayList<>(claim.metadata().ownerReferences());
                arrange(owners, set, StatefulSet.TYPE, withSet);
                arrange(owners, pod, Pod.TYPE, withPod);
                if (!owners.equals(claim.metadata().ownerReferences())) {
                    client().update(claim.withMetadata(claim.metadata().withOwnerReferences(owners)));
                }
            });
        }
    }

    private void create(PersistentVolumeClaim template, String name, Pod pod) {
        Map<String, String> labels = new LinkedHashMap<>(template.metadata().labels());
        if (set.spec().selector() != null) {
            labels.putAll(set.spec().selector().matchLabels());
        }
        PersistentVolumeClaim claim = PersistentVolumeClaimBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .name(name)
                        .namespace(set.metadata().namespace())
                        .labels(labels)
                        .annotations(template.metadata().annotations())
                        .build())
                .spec(template.spec())
                .build();
        String what = "create Claim " + name + " Pod " + pod.metadata().name() + " in StatefulSet "
                + set.metadata().name();
        try {
            client().create(claim);
            context.events().normal(set, "SuccessfulCreate", what + " success");
        } catch (ApiException e) {
            if (!e.isAlreadyExists()) {
                context.events().warning(set, "FailedCreate", what + " failed error: " + e.getMessage());
                throw e;
            }
        }
    }

    private ResourceClient<PersistentVolumeClaim> client() {
        return context.client()
                .resources(PersistentVolumeClaim.TYPE)
                .inNamespace(set.metadata().namespace());
    }

    /** Puts the owner in, or takes it out; others, and earlier bearers of its name, are left to the garbage collector. */
    private static void arrange(List<OwnerReference> owners, Resource owner, ResourceType<?> type, boolean wanted) {
        boolean there = owners.stream()
                .anyMatch(reference -> reference.uid().equals(owner.metadata().uid()));
        if (there && !wanted) {
            owners.removeIf(reference -> reference.uid().equals(owner.metadata().uid()));
        } else if (!there && wanted) {
            owners.add(OwnerReferenceBuilder.builder()
                    .apiVersion(type.apiVersion())
                    .kind(type.kind())
                    .name(owner.metadata().name())
                    .uid(owner.metadata().uid())
                    .build());
        }
    }

    private static boolean isDelete(@Nullable String policy) {
        return PersistentVolumeClaimRetentionPolicyType.DELETE.equals(policy);
    }
}
