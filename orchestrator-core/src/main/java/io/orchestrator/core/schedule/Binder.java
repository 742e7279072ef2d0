package io.orchestrator.core.schedule;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.client.ResourceClient;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.model.core.Binding;
import io.orchestrator.api.model.core.BindingBuilder;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.ObjectReferenceBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.schedule.framework.BindResult;
import java.util.Optional;

/** Writes placements. Stateless; its calls block. */
final class Binder {

    private final Client client;

    Binder(Client client) {
        this.client = client;
    }

    /** Binds the pod, and reads how it stands when the answer leaves that open. */
    BindResult bind(Pod pod, String node) {
        ObjectMeta metadata = pod.metadata();
        Binding binding = BindingBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .namespace(metadata.namespace())
                        .name(metadata.name())
                        .uid(metadata.uid())
                        .build())
                .target(ObjectReferenceBuilder.builder()
                        .kind(Node.TYPE.kind())
                        .name(node)
                        .build())
                .build();
        try {
            podsBeside(pod).createSubresource(metadata.name(), "binding", binding);
            return new BindResult.Bound(node);
        } catch (ApiException e) {
            if (e.outcomeUnknown()) {
                return look(pod) instanceof BindResult.Bound bound ? bound : new BindResult.Unknown(e);
            }
            if (e.isConflict()) {
                BindResult found = look(pod);
                return found instanceof BindResult.Unbound ? new BindResult.Refused(e) : found;
            }
            return e.isNotFound() ? new BindResult.Gone() : new BindResult.Refused(e);
        } catch (RuntimeException e) {
            // Not an answer of the server: the request may have got through all the same.
            ApiException unknown = new ApiException(Reason.SERVICE_UNAVAILABLE, "binding failed: " + e, e);
            return look(pod) instanceof BindResult.Bound bound ? bound : new BindResult.Unknown(unknown);
        }
    }

    /** Reads where the pod is. */
    BindResult look(Pod pod) {
        Optional<Pod> found;
        try {
            found = podsBeside(pod).find(pod.metadata().name());
        } catch (ApiException e) {
            return new BindResult.Unknown(e);
        } catch (RuntimeException e) {
            return new BindResult.Unknown(new ApiException(Reason.SERVICE_UNAVAILABLE, "not read: " + e, e));
        }
        if (found.isEmpty()
                || !found.get().metadata().uid().equals(pod.metadata().uid())) {
            return new BindResult.Gone();
        }
        String node = found.get().spec().nodeName();
        return node.isEmpty() ? new BindResult.Unbound() : new BindResult.Bound(node);
    }

    private ResourceClient<Pod> podsBeside(Pod pod) {
        return client.resources(Pod.TYPE).inNamespace(pod.metadata().namespace());
    }
}
