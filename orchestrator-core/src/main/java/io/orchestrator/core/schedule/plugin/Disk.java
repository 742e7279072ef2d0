package io.orchestrator.core.schedule.plugin;

import io.orchestrator.api.model.core.Volume;
import io.orchestrator.core.schedule.framework.PodView;
import java.util.ArrayList;
import java.util.List;

/**
 * A disk that a pod names without a claim.
 *
 * @param id the same for the same disk
 */
record Disk(String id, boolean readOnly, boolean sharedToRead) {

    static List<Disk> of(PodView pod) {
        List<Disk> disks = new ArrayList<>();
        for (Volume volume : pod.spec().volumes()) {
            if (volume.gcePersistentDisk() != null) {
                disks.add(new Disk(
                        "gce/" + volume.gcePersistentDisk().pdName(),
                        volume.gcePersistentDisk().readOnly(),
                        true));
            } else if (volume.awsElasticBlockStore() != null) {
                disks.add(new Disk("aws/" + volume.awsElasticBlockStore().volumeID(), false, false));
            } else if (volume.iscsi() != null) {
                disks.add(
                        new Disk("iscsi/" + volume.iscsi().iqn(), volume.iscsi().readOnly(), true));
            } else if (volume.rbd() != null) {
                disks.add(new Disk(
                        "rbd/" + volume.rbd().pool() + "/" + volume.rbd().image(),
                        volume.rbd().readOnly(),
                        true));
            }
        }
        return disks;
    }

    boolean conflictsWith(Disk other) {
        return id.equals(other.id) && !(sharedToRead && readOnly && other.readOnly);
    }
}
