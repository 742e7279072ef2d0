package io.orchestrator.api.client;

import io.orchestrator.api.model.apps.Deployment;

/** Deployments, and what people do with them. */
public final class DeploymentClient extends ResourceClient<Deployment> {

    DeploymentClient(ApiTransport transport, String namespace, WriteOptions writing) {
        super(transport, Deployment.TYPE, namespace, writing);
    }
}
