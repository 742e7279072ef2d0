package io.orchestrator.core.control.volume;

import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.Volume;
import java.util.ArrayList;
import java.util.List;

/** The claims that a pod uses. */
final class MountedClaims {
    private MountedClaims() {}

    static List<ObjectKey> of(Pod pod) {
        List<Volume> volumes = pod.spec().volumes();
        if (volumes.isEmpty()) {
            return List.of();
        }
        List<ObjectKey> keys = new ArrayList<>();
        for (Volume volume : volumes) {
            if (volume.persistentVolumeClaim() != null) {
                keys.add(new ObjectKey(
                        pod.metadata().namespace(),
                        volume.persistentVolumeClaim().claimName()));
            } else if (volume.ephemeral() != null) {
                keys.add(
                        new ObjectKey(pod.metadata().namespace(), pod.metadata().name() + "-" + volume.name()));
            }
        }
        return keys;
    }

    /** The same as values of an index. */
    static List<String> names(Pod pod) {
        List<ObjectKey> keys = of(pod);
        return keys.isEmpty()
                ? List.of()
                : keys.stream().map(ObjectKey::toString).toList();
    }
}
