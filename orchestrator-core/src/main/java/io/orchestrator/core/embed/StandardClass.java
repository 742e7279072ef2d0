package io.orchestrator.core.embed;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.model.storage.StorageClass;
import io.orchestrator.core.storage.LocalPathProvisioner;

/** The storage class for claims that name none: directories of the nodes. Only a cluster without any class gets it. */
final class StandardClass {
    private StandardClass() {}

    static void ensure(Client client) {
        if (!client.resources(StorageClass.TYPE).list().items().isEmpty()) {
            return;
        }
        try {
            client.create(LocalPathProvisioner.standardClass());
        } catch (ApiException e) {
            if (!e.isAlreadyExists()) {
                throw e;
            }
        }
    }
}
