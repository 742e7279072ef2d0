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
import java.util.Optional;

/** Writes placements. Stateless; its calls block. */
final class Binder {

    /** How a placement stands. */
    sealed interface Result {
        /** The pod has this node, whoever gave it. */
        record Bound(String node) implements Result {}

        /** The pod is there and waits. */
        record Unbound() implements Result {}

        /** There is no such pod any more. */
        record Gone() implements Result {}

        /** The server said no; nothing was written and nothing will be. */
        record Refused(ApiException why) implements Result {}

        /** Nobody knows: the write may have been made, or may still be. */
        record Unknown(ApiException why) implements Result {}
    }

    private final Client client;

    Binder(Client client) {
        this.client = client;
    }

    /** Binds the pod, and reads how it stands when the answer leaves that open. */
    Result bind(Pod pod, String node) {
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
            return new Result.Bound(node);
        } catch (ApiException e) {
            if (e.outcomeUnknown()) {
                return look(pod) instanceof Result.Bound bound ? bound : new Result.Unknown(e);
            }
            if (e.isConflict()) {
                Result found = look(pod);
                return found instanceof Result.Unbound ? new Result.Refused(e) : found;
            }
            return e.isNotFound() ? new Result.Gone() : new Result.Refused(e);
        } catch (RuntimeException e) {
            // Not an answer of the server: the request may have got through all the same.
            ApiException unknown = new ApiException(Reason.SERVICE_UNAVAILABLE, "binding failed: " + e, e);
            return look(pod) instanceof Result.Bound bound ? bound : new Result.Unknown(unknown);
        }
    }

    /** Reads where the pod is. */
    Result look(Pod pod) {
        Optional<Pod> found;
        try {
            found = podsBeside(pod).find(pod.metadata().name());
        } catch (ApiException e) {
            return new Result.Unknown(e);
        }
        if (found.isEmpty()
                || !found.get().metadata().uid().equals(pod.metadata().uid())) {
            return new Result.Gone();
        }
        String node = found.get().spec().nodeName();
        return node.isEmpty() ? new Result.Unbound() : new Result.Bound(node);
    }

    private ResourceClient<Pod> podsBeside(Pod pod) {
        return client.resources(Pod.TYPE).inNamespace(pod.metadata().namespace());
    }
}
