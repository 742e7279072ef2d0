package io.orchestrator.core.schedule.plugin;

import io.orchestrator.api.model.core.ObjectReferenceBuilder;
import io.orchestrator.api.model.core.PersistentVolume;
import io.orchestrator.api.model.core.PersistentVolumeClaim;
import io.orchestrator.core.schedule.framework.KnownObjects;
import io.orchestrator.core.schedule.framework.NodeView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How a pod's claims would get their volumes on one node.
 *
 * @param chosen volumes that are there
 * @param made claims for which one is to be made
 */
record ClaimPlan(
        Map<PersistentVolumeClaim, PersistentVolume> chosen,
        List<PersistentVolumeClaim> made,
        boolean isPossible,
        boolean lacksSpace) {

    static ClaimPlan of(List<PersistentVolumeClaim> claims, NodeView node, KnownObjects objects) {
        Map<PersistentVolumeClaim, PersistentVolume> chosen = new LinkedHashMap<>();
        List<PersistentVolumeClaim> made = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        List<PersistentVolumeClaim> smallestFirst = new ArrayList<>(claims);
        smallestFirst.sort(VolumeMatch.SMALLEST_CLAIM_FIRST);
        for (PersistentVolumeClaim claim : smallestFirst) {
            String sentTo = claim.metadata().annotations().get(Storage.SELECTED_NODE);
            if (sentTo != null && !sentTo.equals(node.name())) {
                // Its volume is being made for another node.
                return new ClaimPlan(Map.of(), List.of(), false, false);
            }
            PersistentVolume volume = sentTo == null ? VolumeMatch.smallest(claim, node, objects, taken) : null;
            if (volume != null) {
                taken.add(volume.metadata().name());
                chosen.put(claim, volume);
                continue;
            }
            Provisioning provisioning = Provisioning.of(claim, node, objects);
            if (provisioning != Provisioning.POSSIBLE) {
                return new ClaimPlan(Map.of(), List.of(), false, provisioning == Provisioning.NO_SPACE);
            }
            made.add(claim);
        }
        return new ClaimPlan(chosen, made, true, false);
    }

    /** The volume as it is when it is the claim's. */
    static PersistentVolume given(PersistentVolume volume, PersistentVolumeClaim claim) {
        PersistentVolume given = volume.withSpec(volume.spec()
                .withClaimRef(ObjectReferenceBuilder.builder()
                        .apiVersion("v1")
                        .kind("PersistentVolumeClaim")
                        .namespace(claim.metadata().namespace())
                        .name(claim.metadata().name())
                        .uid(claim.metadata().uid())
                        .resourceVersion(claim.metadata().resourceVersion())
                        .build()));
        return volume.spec().claimRef() != null
                ? given
                : given.withMetadata(given.metadata()
                        .withAnnotations(with(given.metadata().annotations(), Storage.BOUND_BY_CONTROLLER, "yes")));
    }

    /** The claim as it is when its volume is to be made for the node. */
    static PersistentVolumeClaim sentTo(PersistentVolumeClaim claim, String node) {
        return claim.withMetadata(
                claim.metadata().withAnnotations(with(claim.metadata().annotations(), Storage.SELECTED_NODE, node)));
    }

    private static Map<String, String> with(Map<String, String> map, String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(map);
        more.put(key, value);
        return more;
    }
}
