package io.orchestrator.samples.cluster;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.core.codec.Manifests;
import java.nio.file.Path;
import java.util.List;

/** Applies manifests through the in-process client, and says so. */
final class ManifestApplier {
    private final Client client;
    private final Manifests manifests = Manifests.builtIn();

    ManifestApplier(Client client) {
        this.client = client.as("cluster-launcher");
    }

    void apply(Path path) {
        apply(manifests.read(path));
    }

    void apply(String text) {
        apply(manifests.read(text));
    }

    private void apply(List<Resource> objects) {
        for (Resource object : objects) {
            Resource applied = client.apply(object);
            Say.line(
                    "%s/%s applied",
                    object.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT),
                    applied.metadata().name());
        }
    }
}
