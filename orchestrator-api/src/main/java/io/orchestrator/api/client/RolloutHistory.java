package io.orchestrator.api.client;

import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.OwnerReference;
import io.orchestrator.api.meta.ResourceList;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.apps.ReplicaSet;
import io.orchestrator.api.model.core.PodTemplateSpec;
import io.orchestrator.api.model.core.PodTemplateSpecBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The revisions of a deployment that are kept, the newest being the present one. Immutable. */
public final class RolloutHistory {
    private static final String REVISION = "deployment.kubernetes.io/revision";
    private static final String HASH_LABEL = "pod-template-hash";

    private final String deployment;
    private final NavigableMap<Long, PodTemplateSpec> templates;

    private RolloutHistory(String deployment, NavigableMap<Long, PodTemplateSpec> templates) {
        this.deployment = deployment;
        this.templates = templates;
    }

    static RolloutHistory of(Deployment deployment, ResourceList<ReplicaSet> sets) {
        NavigableMap<Long, PodTemplateSpec> templates = new TreeMap<>();
        for (ReplicaSet set : sets) {
            boolean own = set.metadata().ownerReferences().stream()
                    .filter(owner -> Boolean.TRUE.equals(owner.controller()))
                    .map(OwnerReference::uid)
                    .anyMatch(deployment.metadata().uid()::equals);
            long revision = revision(set);
            if (own && revision > 0) {
                templates.put(revision, withoutHash(set.spec().template()));
            }
        }
        return new RolloutHistory(deployment.metadata().name(), templates);
    }

    /** By revision, the oldest first. */
    public Map<Long, PodTemplateSpec> templates() {
        return new LinkedHashMap<>(templates);
    }

    /**
     * The template of a revision.
     *
     * @param revision 0 for the one before the newest
     * @throws ApiException with reason NotFound when it is not kept
     */
    public PodTemplateSpec template(long revision) {
        if (revision > 0) {
            PodTemplateSpec template = templates.get(revision);
            if (template == null) {
                throw new ApiException(
                        Reason.NOT_FOUND, "unable to find specified revision " + revision + " in history");
            }
            return template;
        }
        if (templates.size() < 2) {
            throw new ApiException(Reason.NOT_FOUND, "no rollout history found for deployment \"" + deployment + "\"");
        }
        return templates.headMap(templates.lastKey(), false).lastEntry().getValue();
    }

    private static long revision(ReplicaSet set) {
        try {
            return Long.parseLong(set.metadata().annotations().getOrDefault(REVISION, "0"));
        } catch (NumberFormatException e) {
            // Somebody else wrote the annotation; such a set is no revision of ours.
            return 0;
        }
    }

    /** The label belongs to the replica set, not to the template that people wrote. */
    private static PodTemplateSpec withoutHash(PodTemplateSpec template) {
        Map<String, String> labels = new LinkedHashMap<>(template.metadata().labels());
        labels.remove(HASH_LABEL);
        return PodTemplateSpecBuilder.builder(template)
                .metadata(ObjectMetaBuilder.builder(template.metadata())
                        .labels(labels)
                        .build())
                .build();
    }
}
