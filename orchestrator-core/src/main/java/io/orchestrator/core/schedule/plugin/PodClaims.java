package io.orchestrator.core.schedule.plugin;

import io.orchestrator.api.model.core.PersistentVolumeClaim;
import io.orchestrator.api.model.core.PersistentVolumeClaimPhase;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.Volume;
import io.orchestrator.core.schedule.framework.KnownObjects;
import io.orchestrator.core.schedule.framework.PodView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a pod's claims stand.
 *
 * @param problem why the pod can go nowhere yet; empty when there is none
 * @param bound those that have their volume
 * @param unbound those that get theirs with the pod
 */
record PodClaims(String problem, List<PersistentVolumeClaim> bound, List<PersistentVolumeClaim> unbound) {

    static PodClaims of(PodView pod, KnownObjects objects) {
        List<PersistentVolumeClaim> bound = new ArrayList<>();
        List<PersistentVolumeClaim> unbound = new ArrayList<>();
        boolean immediate = false;
        for (String name : pod.claims()) {
            Optional<PersistentVolumeClaim> found = Storage.claim(objects, pod.namespace(), name);
            String problem = problem(pod.pod(), name, found);
            if (!problem.isEmpty()) {
                return new PodClaims(problem, List.of(), List.of());
            }
            PersistentVolumeClaim claim = found.orElseThrow();
            if (Storage.isBound(claim)) {
                bound.add(claim);
            } else if (claim.spec().volumeName().isEmpty() && Storage.waitsForConsumer(objects, claim)) {
                unbound.add(claim);
            } else {
                immediate = true;
            }
        }
        String waits = immediate ? "pod has unbound immediate PersistentVolumeClaims" : "";
        return new PodClaims(waits, bound, unbound);
    }

    private static String problem(Pod pod, String name, Optional<PersistentVolumeClaim> found) {
        boolean ephemeral = pod.spec().volumes().stream().anyMatch(volume -> makes(pod, volume, name));
        if (found.isEmpty()) {
            return ephemeral
                    ? "waiting for ephemeral volume controller to create the persistentvolumeclaim \"" + name + "\""
                    : "persistentvolumeclaim \"" + name + "\" not found";
        }
        PersistentVolumeClaim claim = found.get();
        if (claim.status().phase().equals(PersistentVolumeClaimPhase.LOST)) {
            return "persistentvolumeclaim \"" + name + "\" bound to non-existent persistentvolume \""
                    + claim.spec().volumeName() + "\"";
        }
        if (claim.metadata().deletionTimestamp() != null) {
            return "persistentvolumeclaim \"" + name + "\" is being deleted";
        }
        boolean own = claim.metadata().ownerReferences().stream()
                .anyMatch(owner -> Boolean.TRUE.equals(owner.controller())
                        && owner.uid().equals(pod.metadata().uid()));
        return ephemeral && !own
                ? "PVC \"" + name + "\" was not created for pod \""
                        + pod.metadata().name() + "\""
                : "";
    }

    private static boolean makes(Pod pod, Volume volume, String claim) {
        return volume.ephemeral() != null && claim.equals(pod.metadata().name() + "-" + volume.name());
    }
}
