package io.orchestrator.benchmarks.schedule;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.ApiTransport;
import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.client.Patch;
import io.orchestrator.api.client.Target;
import io.orchestrator.api.client.Watch;
import io.orchestrator.api.client.WatchEvent;
import io.orchestrator.api.client.WatchListener;
import io.orchestrator.api.client.WriteOptions;
import io.orchestrator.api.meta.ListMeta;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceList;
import io.orchestrator.api.model.core.Binding;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.spi.node.NodeEndpoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * As little of an API as a scheduler can do with: nodes that stand, pods that are bound and deleted, and a watch that shows it.
 * Costs next to nothing, so that what is measured is the scheduler.
 */
final class LoopbackApi implements ApiTransport {
    private final List<Node> nodes;
    private final Map<String, Pod> pods = new LinkedHashMap<>();
    private final AtomicInteger bound = new AtomicInteger();
    private @Nullable WatchListener<Pod> watcher;
    private long version = 1;

    LoopbackApi(List<Node> nodes, List<Pod> there) {
        this.nodes = nodes;
        there.forEach(pod -> pods.put(pod.metadata().name(), newer(pod)));
    }

    /** How many pods were bound. */
    int bound() {
        return bound.get();
    }

    synchronized void add(Pod pod) {
        put(WatchEvent.Type.ADDED, newer(pod));
    }

    private void put(WatchEvent.Type type, Pod pod) {
        pods.put(pod.metadata().name(), pod);
        tell(type, pod);
    }

    private void tell(WatchEvent.Type type, Pod pod) {
        if (watcher != null) {
            watcher.onEvent(new WatchEvent<>(type, pod));
        }
    }

    private Pod newer(Pod pod) {
        return pod.withMetadata(pod.metadata().withResourceVersion(Long.toString(++version)));
    }

    private Pod found(String name) {
        Pod pod = pods.get(name);
        if (pod == null) {
            throw ApiException.notFound("", "pods", name);
        }
        return pod;
    }

    @Override
    public synchronized <B extends Resource> B create(Target<?> target, B body, WriteOptions options) {
        Pod pod = found(target.name());
        if (body instanceof Binding binding) {
            put(
                    WatchEvent.Type.MODIFIED,
                    newer(pod.withSpec(pod.spec().withNodeName(binding.target().name()))));
            bound.incrementAndGet();
        }
        return body;
    }

    @Override
    public synchronized <B extends Resource> B get(Target<?> target, Class<B> as) {
        return as.cast(found(target.name()));
    }

    @Override
    @SuppressWarnings("unchecked") // only pods are written
    public synchronized <B extends Resource> B update(Target<?> target, B body, WriteOptions options) {
        Pod now = newer(found(target.name()).withStatus(((Pod) body).status()));
        put(WatchEvent.Type.MODIFIED, now);
        return (B) now;
    }

    @Override
    @SuppressWarnings("unchecked") // only pods are deleted
    public synchronized <T extends Resource> T delete(Target<T> target, DeleteOptions options) {
        Pod gone = newer(found(target.name()));
        pods.remove(target.name());
        tell(WatchEvent.Type.DELETED, gone);
        return (T) gone;
    }

    @Override
    @SuppressWarnings("unchecked") // by the kind that was asked for
    public synchronized <T extends Resource> ResourceList<T> list(Target<T> collection, ListOptions options) {
        List<T> items = new ArrayList<>();
        if (collection.type().equals(Node.TYPE)) {
            nodes.forEach(node -> items.add((T) node));
        } else if (collection.type().equals(Pod.TYPE)) {
            pods.values().forEach(pod -> items.add((T) pod));
        }
        return new ResourceList<>(ListMeta.EMPTY.withResourceVersion(Long.toString(version)), items);
    }

    @Override
    @SuppressWarnings("unchecked") // by the kind that was asked for
    public synchronized <T extends Resource> Watch watch(
            Target<T> collection, ListOptions options, WatchListener<T> listener) {
        if (collection.type().equals(Pod.TYPE)) {
            watcher = (WatchListener<Pod>) listener;
        }
        return () -> {};
    }

    @Override
    public <B extends Resource> B patch(Target<?> target, Patch patch, Class<B> as, WriteOptions options) {
        throw new UnsupportedOperationException("a scheduler patches nothing");
    }

    @Override
    public <B extends Resource> B apply(Target<?> target, B body, WriteOptions options) {
        throw new UnsupportedOperationException("a scheduler applies nothing");
    }

    @Override
    public <T extends Resource> void deleteCollection(Target<T> collection, ListOptions which, DeleteOptions options) {
        throw new UnsupportedOperationException("a scheduler deletes no collections");
    }

    @Override
    public NodeEndpoint pods() {
        throw new UnsupportedOperationException("a scheduler reaches into no pod");
    }

    @Override
    public void close() {}
}
