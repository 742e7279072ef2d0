package io.orchestrator.core.schedule;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.ApiTransport;
import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.client.Patch;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.client.Target;
import io.orchestrator.api.client.Watch;
import io.orchestrator.api.client.WatchListener;
import io.orchestrator.api.client.WriteOptions;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceList;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.core.Binding;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.spi.node.NodeEndpoint;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A server that knows pods only, binds them once and for all as the API does, and fails as the test says. It tells nobody of
 * changes: the test decides when the scheduler sees them.
 */
final class ScriptedPods implements ApiTransport {

    /** What becomes of the next binding. */
    enum Fault {
        /** It is made, but the answer is lost. */
        LOST_ANSWER,
        /** It never reaches the server, and nobody can tell. */
        LOST_REQUEST,
        /** It is refused. */
        REFUSED
    }

    final Map<String, Pod> pods = new HashMap<>();
    final List<String> bindings = new ArrayList<>();
    final Deque<Fault> faults = new ArrayDeque<>();
    final List<String> deletions = new ArrayList<>();

    /** What was written to objects of other kinds, in order. */
    final List<Resource> updates = new ArrayList<>();

    boolean refusesDeletions;
    boolean refusesUpdates;
    int statusWrites;
    private int version;

    void put(Pod pod) {
        pods.put(pod.metadata().name(), pod);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <B extends Resource> B create(Target<?> target, B body, WriteOptions options) {
        Fault fault = faults.poll();
        if (fault == Fault.LOST_REQUEST) {
            throw new ApiException(Reason.TIMEOUT, "no answer");
        }
        if (fault == Fault.REFUSED) {
            throw new ApiException(Reason.FORBIDDEN, "not you");
        }
        Pod pod = found(target.name());
        if (!pod.spec().nodeName().isEmpty()) {
            throw ApiException.conflict("", "pods", target.name(), "pod is already assigned to a node");
        }
        Binding binding = (Binding) body;
        if (!binding.metadata().uid().equals(pod.metadata().uid())) {
            throw ApiException.conflict("", "pods", target.name(), "the UID in the precondition does not match");
        }
        put(newer(pod.withSpec(pod.spec().withNodeName(binding.target().name()))));
        bindings.add(target.name() + " on " + binding.target().name());
        if (fault == Fault.LOST_ANSWER) {
            throw new ApiException(Reason.TIMEOUT, "no answer");
        }
        return body;
    }

    @Override
    public <B extends Resource> B get(Target<?> target, Class<B> as) {
        return as.cast(found(target.name()));
    }

    @Override
    public <B extends Resource> B update(Target<?> target, B body, WriteOptions options) {
        if (!(body instanceof Pod)) {
            updates.add(body);
            if (refusesUpdates) {
                throw ApiException.conflict("", target.type().plural(), target.name(), "somebody was faster");
            }
            return body;
        }
        Pod current = found(target.name());
        if (!current.metadata().resourceVersion().equals(body.metadata().resourceVersion())) {
            throw ApiException.conflict("", "pods", target.name(), "the object has been modified");
        }
        statusWrites++;
        put(newer(current.withStatus(((Pod) body).status())));
        @SuppressWarnings("unchecked")
        B written = (B) found(target.name());
        return written;
    }

    private Pod found(String name) {
        Pod pod = pods.get(name);
        if (pod == null) {
            throw ApiException.notFound("", "pods", name);
        }
        return pod;
    }

    private Pod newer(Pod pod) {
        return pod.withMetadata(pod.metadata().withResourceVersion(Integer.toString(++version)));
    }

    @Override
    public <T extends Resource> ResourceList<T> list(Target<T> collection, ListOptions options) {
        throw new AssertionError("the scheduler's loop lists nothing");
    }

    @Override
    public <T extends Resource> Watch watch(Target<T> collection, ListOptions options, WatchListener<T> listener) {
        throw new AssertionError("the scheduler's loop watches nothing");
    }

    @Override
    public <B extends Resource> B patch(Target<?> target, Patch patch, Class<B> as, WriteOptions options) {
        throw new AssertionError("the scheduler patches nothing");
    }

    @Override
    public <B extends Resource> B apply(Target<?> target, B body, WriteOptions options) {
        throw new AssertionError("the scheduler applies nothing");
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T extends Resource> T delete(Target<T> target, DeleteOptions options) {
        if (refusesDeletions) {
            throw new ApiException(Reason.SERVICE_UNAVAILABLE, "not now");
        }
        Pod pod = found(target.name());
        if (!options.uid().equals(pod.metadata().uid())) {
            throw ApiException.conflict("", "pods", target.name(), "the UID in the precondition does not match");
        }
        deletions.add(target.name());
        put(newer(pod.withMetadata(pod.metadata().withDeletionTimestamp(Time.of(Instant.EPOCH)))));
        return (T) found(target.name());
    }

    @Override
    public <T extends Resource> void deleteCollection(Target<T> collection, ListOptions which, DeleteOptions options) {
        throw new AssertionError("the scheduler deletes nothing");
    }

    @Override
    public NodeEndpoint pods() {
        throw new AssertionError("the scheduler reaches into no pod");
    }

    @Override
    public void close() {}
}
