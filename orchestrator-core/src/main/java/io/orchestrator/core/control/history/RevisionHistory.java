package io.orchestrator.core.control.history;

import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.model.apps.ControllerRevision;
import io.orchestrator.api.model.apps.ControllerRevisionBuilder;
import io.orchestrator.api.model.core.PodTemplateSpec;
import io.orchestrator.core.control.pods.Ownership;
import io.orchestrator.core.control.pods.TemplateHash;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The revisions of one object, the oldest first.
 *
 * @param all those that the object controls
 */
public record RevisionHistory(List<ControllerRevision> all, RevisionData data) {
    /** The label of a revision that bears the hash of its template. */
    public static final String HASH = "controller.kubernetes.io/hash";

    /**
     * The revision that a template stands for.
     *
     * @param exists whether it is there already
     */
    public record Wanted(ControllerRevision revision, boolean exists, boolean newest) {
        public String name() {
            return revision.metadata().name();
        }

        /** The hash of the template. */
        public String hash() {
            return hashOf(revision);
        }

        /** The same; one that is to be made bears its hash under this label too. */
        public Wanted labelled(String label) {
            if (exists) {
                return this;
            }
            Map<String, String> labels = new LinkedHashMap<>(revision.metadata().labels());
            labels.put(label, hash());
            return new Wanted(revision.withMetadata(revision.metadata().withLabels(labels)), false, newest);
        }

        /** It is there, and is to be made the newest: the template went back to an old one. */
        public boolean isRollback() {
            return exists && !newest;
        }
    }

    public RevisionHistory {
        all = all.stream()
                .sorted(Comparator.comparingLong(ControllerRevision::revision)
                        .thenComparing(revision -> revision.metadata().name()))
                .toList();
    }

    public static RevisionHistory of(Resource owner, Collection<ControllerRevision> revisions, RevisionData data) {
        return new RevisionHistory(
                revisions.stream()
                        .filter(revision -> Ownership.isControlledBy(
                                revision, owner.metadata().uid()))
                        .toList(),
                data);
    }

    /**
     * The revision of the template: one that is there, or one to be made, behind all others.
     *
     * @param collisions how often the name of a new revision was found taken
     */
    public Wanted wanted(Resource owner, ResourceType<?> type, PodTemplateSpec template, int collisions) {
        long newest = all.isEmpty() ? 0 : all.get(all.size() - 1).revision();
        for (int i = all.size() - 1; i >= 0; i--) {
            ControllerRevision revision = all.get(i);
            if (data.templateOf(revision).filter(template::equals).isPresent()) {
                boolean last = revision.revision() == newest;
                return new Wanted(last ? revision : revision.withRevision(newest + 1), true, last);
            }
        }
        String hash = TemplateHash.of(template, collisions == 0 ? null : Integer.valueOf(collisions));
        Map<String, String> labels = new LinkedHashMap<>(template.metadata().labels());
        labels.put(HASH, hash);
        ControllerRevision made = ControllerRevisionBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .name(owner.metadata().name() + "-" + hash)
                        .namespace(owner.metadata().namespace())
                        .labels(labels)
                        .annotations(owner.metadata().annotations())
                        .ownerReferences(List.of(Ownership.referenceTo(owner, type)))
                        .build())
                .data(data.of(template))
                .revision(newest + 1)
                .build();
        return new Wanted(made, false, true);
    }

    /** The hash of the template that the revision holds; the name of one that does not say. */
    public static String hashOf(ControllerRevision revision) {
        return revision.metadata()
                .labels()
                .getOrDefault(HASH, revision.metadata().name());
    }

    public Optional<ControllerRevision> named(String name) {
        return all.stream()
                .filter(revision -> revision.metadata().name().equals(name))
                .findFirst();
    }

    /** The oldest that nothing uses, as far as they are more than the limit. */
    public List<ControllerRevision> surplus(Set<String> used, int limit) {
        List<ControllerRevision> unused = all.stream()
                .filter(revision -> !used.contains(revision.metadata().name()))
                .toList();
        return unused.subList(0, Math.max(0, unused.size() - limit));
    }
}
