package io.orchestrator.core.embed;

import io.orchestrator.api.client.Client;

/**
 * What tells one cluster from another, over restarts and on machines that they share: the uid of its {@code kube-system}
 * namespace, as tools for Kubernetes take it, too.
 */
final class ClusterIdentity {
    private ClusterIdentity() {}

    static String of(Client client) {
        return client.namespaces().get("kube-system").metadata().uid();
    }
}
