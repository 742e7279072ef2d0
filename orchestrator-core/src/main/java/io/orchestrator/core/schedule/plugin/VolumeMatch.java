package io.orchestrator.core.schedule.plugin;

import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.meta.Selector;
import io.orchestrator.api.model.core.ObjectReference;
import io.orchestrator.api.model.core.PersistentVolume;
import io.orchestrator.api.model.core.PersistentVolumeClaim;
import io.orchestrator.api.model.core.PersistentVolumeMode;
import io.orchestrator.api.model.core.PersistentVolumePhase;
import io.orchestrator.core.schedule.framework.KnownObjects;
import io.orchestrator.core.schedule.framework.NodeView;
import java.util.Comparator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which volume suits a claim. */
final class VolumeMatch {
    private static final String STORAGE = "storage";

    static final Comparator<PersistentVolumeClaim> SMALLEST_CLAIM_FIRST =
            Comparator.comparing(VolumeMatch::asked).thenComparing(Storage::fullName);

    private VolumeMatch() {}

    /** The one that was kept for the claim, else the smallest that is free and large enough; null when there is none. */
    static @Nullable PersistentVolume smallest(
            PersistentVolumeClaim claim, NodeView node, KnownObjects objects, Set<String> taken) {
        PersistentVolume best = null;
        for (PersistentVolume volume : objects.list(PersistentVolume.TYPE)) {
            if (taken.contains(volume.metadata().name()) || !suits(volume, claim) || !Storage.reaches(volume, node)) {
                continue;
            }
            if (isKeptFor(volume, claim)) {
                return volume;
            }
            boolean free =
                    volume.spec().claimRef() == null && volume.status().phase().equals(PersistentVolumePhase.AVAILABLE);
            if (free && (best == null || isBetter(volume, best))) {
                best = volume;
            }
        }
        return best;
    }

    private static boolean isBetter(PersistentVolume volume, PersistentVolume than) {
        int bySize = size(volume).compareTo(size(than));
        return bySize < 0
                || (bySize == 0
                        && volume.metadata().name().compareTo(than.metadata().name()) < 0);
    }

    private static boolean suits(PersistentVolume volume, PersistentVolumeClaim claim) {
        return volume.metadata().deletionTimestamp() == null
                && volume.spec().storageClassName().equals(Storage.className(claim))
                && mode(volume.spec().volumeMode()).equals(mode(claim.spec().volumeMode()))
                && volume.spec().accessModes().containsAll(claim.spec().accessModes())
                && size(volume).compareTo(asked(claim)) >= 0
                && (claim.spec().selector() == null
                        || Selector.of(claim.spec().selector()).matches(volume));
    }

    private static boolean isKeptFor(PersistentVolume volume, PersistentVolumeClaim claim) {
        ObjectReference kept = volume.spec().claimRef();
        return kept != null
                && kept.namespace().equals(claim.metadata().namespace())
                && kept.name().equals(claim.metadata().name())
                && (kept.uid().isEmpty() || kept.uid().equals(claim.metadata().uid()));
    }

    private static String mode(@Nullable String mode) {
        return mode == null || mode.isEmpty() ? PersistentVolumeMode.FILESYSTEM : mode;
    }

    static Quantity asked(PersistentVolumeClaim claim) {
        return claim.spec().resources().requests().getOrDefault(STORAGE, Quantity.of(0));
    }

    private static Quantity size(PersistentVolume volume) {
        return volume.spec().capacity().getOrDefault(STORAGE, Quantity.of(0));
    }
}
