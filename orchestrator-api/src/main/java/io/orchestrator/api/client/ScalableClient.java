package io.orchestrator.api.client;

import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.model.autoscaling.Scale;

/** A kind with replicas. Immutable and thread-safe. */
public class ScalableClient<T extends Resource> extends ResourceClient<T> {

    ScalableClient(ApiTransport transport, ResourceType<T> type, String namespace, WriteOptions writing) {
        super(transport, type, namespace, writing);
    }

    @Override
    public ScalableClient<T> inNamespace(String namespace) {
        return new ScalableClient<>(transport(), type(), namespace, writing());
    }

    /** Asks for this many replicas, whatever else stands in the object. Returns at once; the controllers do the rest. */
    public Scale scale(String name, int replicas) {
        return transport()
                .patch(
                        target(name).subresource("scale"),
                        Patch.merge("{\"spec\":{\"replicas\":" + replicas + "}}"),
                        Scale.class,
                        writing());
    }

    /** How many replicas are asked for and how many there are. */
    public Scale scale(String name) {
        return getSubresource(name, "scale", Scale.class);
    }
}
