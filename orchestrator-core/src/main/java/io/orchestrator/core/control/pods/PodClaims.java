package io.orchestrator.core.control.pods;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.ResourceClient;
import io.orchestrator.api.control.Context;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.meta.Selector;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.control.Expectations;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Takes an owner's pods: those that it controls and that match, those that match and that nobody controls; and lets go of those that no
 * longer match. Before the first is taken the owner is read, as a cached one may be gone and another may bear its name.
 */
public final class PodClaims<O extends Resource> {
    private final O owner;
    private final ResourceType<O> type;
    private final Selector selector;

    public PodClaims(O owner, ResourceType<O> type, Selector selector) {
        this.owner = owner;
        this.type = type;
        this.selector = selector;
    }

    /** The owner's pods. What is written goes to the expectations. */
    public List<Pod> claim(Collection<Pod> candidates, Context context, Expectations expectations) {
        Claims<Pod> claims = Claims.of(owner, selector, candidates);
        List<Pod> mine = new ArrayList<>(claims.owned());
        if (!claims.adopt().isEmpty() && isStillThere(context)) {
            for (Pod pod : claims.adopt()) {
                write(pod, Ownership.adopted(pod, Ownership.referenceTo(owner, type)), context, expectations)
                        .ifPresent(mine::add);
            }
        }
        for (Pod pod : claims.release()) {
            write(pod, Ownership.released(pod, owner.metadata().uid()), context, expectations);
        }
        return mine;
    }

    /** Changes the metadata of one of the owner's pods. Empty when the pod is gone. */
    public Optional<Pod> write(Pod pod, ObjectMeta metadata, Context context, Expectations expectations) {
        ObjectKey key = ObjectKey.of(owner);
        ResourceClient<Pod> client = context.client().pods().inNamespace(key.namespace());
        try {
            Pod answer = client.update(pod.withMetadata(metadata));
            expectations.wrote(key, answer);
            return Optional.of(answer);
        } catch (ApiException e) {
            if (e.isNotFound()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private boolean isStillThere(Context context) {
        return context.client()
                .resources(type)
                .inNamespace(owner.metadata().namespace())
                .find(owner.metadata().name())
                .filter(live -> live.metadata().uid().equals(owner.metadata().uid()))
                .filter(live -> live.metadata().deletionTimestamp() == null)
                .isPresent();
    }
}
