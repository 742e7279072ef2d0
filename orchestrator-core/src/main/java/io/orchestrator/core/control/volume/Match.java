package io.orchestrator.core.control.volume;

import io.orchestrator.api.meta.Selector;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.NodeSelector;
import io.orchestrator.api.model.core.PersistentVolume;
import io.orchestrator.api.model.core.PersistentVolumeClaim;
import io.orchestrator.api.model.core.PersistentVolumePhase;
import io.orchestrator.api.model.core.VolumeNodeAffinity;
import io.orchestrator.core.placement.NodeSelectors;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which volume suits a claim. Pure. */
final class Match {
    private Match() {}

    /**
     * The volume that names the claim already, or else the smallest free one that is large enough.
     *
     * @param node where the volume must be reachable from; null when anywhere will do
     * @param onlyNamed whether free ones are out of the question
     */
    static Optional<PersistentVolume> of(
            PersistentVolumeClaim claim, Collection<PersistentVolume> volumes, @Nullable Node node, boolean onlyNamed) {
        Optional<PersistentVolume> named = volumes.stream()
                .filter(volume -> Volumes.isFor(volume, claim))
                .filter(volume -> mismatch(claim, volume).isEmpty())
                .findFirst();
        if (named.isPresent() || onlyNamed) {
            return named;
        }
        Selector selector = claim.spec().selector() == null
                ? Selector.everything()
                : Selector.of(claim.spec().selector());
        return volumes.stream()
                .filter(volume -> volume.spec().claimRef() == null)
                .filter(volume -> volume.metadata().deletionTimestamp() == null)
                .filter(volume -> volume.status().phase().equals(PersistentVolumePhase.AVAILABLE))
                .filter(selector::matches)
                .filter(volume -> mismatch(claim, volume).isEmpty())
                .filter(volume -> node == null || reaches(volume, node))
                .min(Comparator.comparing((PersistentVolume volume) -> Volumes.capacity(volume))
                        .thenComparing(volume -> volume.metadata().name()));
    }

    /** Why the volume does not do for the claim; empty when it does. */
    static Optional<String> mismatch(PersistentVolumeClaim claim, PersistentVolume volume) {
        if (Volumes.capacity(volume).compareTo(Volumes.wanted(claim)) < 0) {
            return Optional.of("requested PV is too small");
        }
        if (!Volumes.classOf(volume).equals(Volumes.classOf(claim))) {
            return Optional.of("storageClassName does not match");
        }
        if (!mode(volume.spec().volumeMode()).equals(mode(claim.spec().volumeMode()))) {
            return Optional.of("incompatible volumeMode");
        }
        if (!volume.spec().accessModes().containsAll(claim.spec().accessModes())) {
            return Optional.of("incompatible accessMode");
        }
        return Optional.empty();
    }

    private static boolean reaches(PersistentVolume volume, Node node) {
        VolumeNodeAffinity affinity = volume.spec().nodeAffinity();
        NodeSelector required = affinity == null ? null : affinity.required();
        return required == null
                || NodeSelectors.match(
                        required.nodeSelectorTerms(),
                        node.metadata().name(),
                        node.metadata().labels());
    }

    private static String mode(@Nullable String mode) {
        return mode == null || mode.isEmpty() ? "Filesystem" : mode;
    }
}
