package io.orchestrator.core.storage;

import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.PersistentVolume;
import io.orchestrator.api.model.core.PersistentVolumeClaim;
import io.orchestrator.api.model.core.PersistentVolumeSpec;
import io.orchestrator.api.model.storage.StorageClass;
import org.jspecify.annotations.Nullable;

/**
 * Makes volumes for claims and takes them back. Safe for concurrent use; may block on its own backend.
 *
 * <p>Both verbs are repeated after a crash or an unknown outcome, and must come to the same then.
 */
public interface VolumeProvisioner {

    /** As storage classes name it, such as {@code example.org/disks}. */
    String name();

    /**
     * Where the volume for a claim is: its source and the nodes that reach it.
     *
     * @param volume the name of the volume, the same for every call for the claim
     * @param node where the first pod that uses it runs; null when it may be anywhere
     * @throws VolumeException if there can be no such volume
     */
    PersistentVolumeSpec provision(
            String volume, PersistentVolumeClaim claim, StorageClass storageClass, @Nullable Node node)
            throws VolumeException;

    /**
     * Destroys what the volume held. One that is gone already is as good as destroyed.
     *
     * @throws VolumeException if it could not be destroyed
     */
    void delete(PersistentVolume volume) throws VolumeException;
}
