package io.orchestrator.core.schedule.plugin;

import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.model.core.ObjectReference;
import io.orchestrator.api.model.core.PersistentVolume;
import io.orchestrator.api.model.core.PersistentVolumeClaim;
import io.orchestrator.core.schedule.framework.KnownObjects;
import io.orchestrator.core.schedule.framework.PreBinding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How far the claims of a placement are on their way to being bound. Belongs to the placement's cycle. */
final class ClaimProgress {
    private final ClaimPlan plan;
    private final String node;

    /** Claims that were seen with the node written on them: when it goes again, whoever makes volumes has given up. */
    private final Set<String> sent = new HashSet<>();

    ClaimProgress(ClaimPlan plan, String node) {
        this.plan = plan;
        this.node = node;
    }

    /** Compares what is with what must be. */
    PreBinding next(KnownObjects objects) {
        List<Resource> updates = new ArrayList<>();
        boolean allBound = true;
        for (Map.Entry<PersistentVolumeClaim, PersistentVolume> each :
                plan.chosen().entrySet()) {
            Optional<PersistentVolumeClaim> claim = same(objects, each.getKey());
            Optional<PersistentVolume> volume = objects.find(PersistentVolume.TYPE, ObjectKey.of(each.getValue()));
            if (claim.isEmpty() || volume.isEmpty()) {
                return PreBinding.failed("a claim or a volume of the pod is gone");
            }
            if (Storage.isBound(claim.get())) {
                if (!claim.get()
                        .spec()
                        .volumeName()
                        .equals(volume.get().metadata().name())) {
                    return PreBinding.failed("claim " + Storage.fullName(claim.get()) + " was bound to another volume");
                }
                continue;
            }
            allBound = false;
            ObjectReference owner = volume.get().spec().claimRef();
            if (owner != null
                    && !owner.uid().isEmpty()
                    && !owner.uid().equals(each.getKey().metadata().uid())) {
                return PreBinding.failed("volume " + volume.get().metadata().name() + " was given to another claim");
            }
            if (owner == null || owner.uid().isEmpty()) {
                updates.add(ClaimPlan.given(volume.get(), claim.get()));
            }
        }
        for (PersistentVolumeClaim each : plan.made()) {
            Optional<PersistentVolumeClaim> claim = same(objects, each);
            if (claim.isEmpty()) {
                return PreBinding.failed("a claim of the pod is gone");
            }
            if (Storage.isBound(claim.get())) {
                boolean reachable = Storage.volume(objects, claim.get()).isPresent();
                allBound &= reachable;
                continue;
            }
            allBound = false;
            String written = claim.get().metadata().annotations().get(Storage.SELECTED_NODE);
            if (node.equals(written)) {
                sent.add(each.metadata().uid());
            } else if (written != null || sent.contains(each.metadata().uid())) {
                return PreBinding.failed(
                        "provisioning failed for PVC \"" + each.metadata().name() + "\"");
            } else {
                updates.add(ClaimPlan.sentTo(claim.get(), node));
            }
        }
        return allBound ? PreBinding.ready() : PreBinding.pending(updates);
    }

    private static Optional<PersistentVolumeClaim> same(KnownObjects objects, PersistentVolumeClaim claim) {
        return objects.find(PersistentVolumeClaim.TYPE, ObjectKey.of(claim))
                .filter(found -> found.metadata().uid().equals(claim.metadata().uid()));
    }
}
