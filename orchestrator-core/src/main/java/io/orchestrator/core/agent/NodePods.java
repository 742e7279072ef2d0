package io.orchestrator.core.agent;

import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodBuilder;
import io.orchestrator.core.agent.PodMemory.Rejection;
import io.orchestrator.spi.runtime.ContainerState;
import io.orchestrator.spi.runtime.PodIdentity;
import io.orchestrator.spi.runtime.RuntimeState;
import io.orchestrator.spi.runtime.SandboxState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The workers of a node's pods, by uid: made for what the API binds to the node and for what the runtime still has of pods
 * that the API has lost. Thread-safe.
 */
final class NodePods {
    private final NodeContext node;
    private final BooleanSupplier synced;
    private final Map<String, PodWorker> workers = new ConcurrentHashMap<>();
    private final CompletableFuture<Void> empty = new CompletableFuture<>();
    private volatile @Nullable Duration ending;

    /** @param synced whether every pod that the API binds to the node has been told of */
    NodePods(NodeContext node, BooleanSupplier synced) {
        this.node = node;
        this.synced = synced;
        node.admission().whenRoom(this::roomMade);
    }

    /** A change of resources that had to wait may be possible now. */
    private void roomMade() {
        workers.values().forEach(PodWorker::roomMade);
    }

    /** An informer's news of the pods that are bound to this node. */
    void changed(@Nullable Pod before, @Nullable Pod after) {
        if (after != null) {
            worker(after).offer(after);
        } else if (before != null) {
            PodWorker worker = workers.get(before.metadata().uid());
            if (worker != null) {
                worker.vanished();
            }
        }
    }

    private PodWorker worker(Pod pod) {
        String uid = pod.metadata().uid();
        PodWorker known = workers.get(uid);
        if (known != null) {
            return known;
        }
        PodWorker fresh = new PodWorker(node, pod, this::gone);
        PodWorker first = workers.putIfAbsent(uid, fresh);
        if (first != null) {
            return first;
        }
        Duration grace = ending;
        if (grace != null) {
            fresh.end(grace);
        }
        // Nothing is done for it before a look at what runs already; who is not in the map yet is not told what was
        // seen.
        node.environment().executor().execute(() -> node.watch().fresh());
        return fresh;
    }

    /** The runtime's news of everything on this node. */
    void listed(RuntimeState state) {
        Map<String, List<SandboxState>> sandboxes = new HashMap<>();
        Map<String, List<ContainerState>> containers = new HashMap<>();
        Map<String, PodIdentity> pods = new HashMap<>();
        for (SandboxState sandbox : state.sandboxes()) {
            pods.put(sandbox.pod().uid(), sandbox.pod());
            sandboxes
                    .computeIfAbsent(sandbox.pod().uid(), uid -> new ArrayList<>())
                    .add(sandbox);
        }
        for (ContainerState container : state.containers()) {
            pods.put(container.pod().uid(), container.pod());
            containers
                    .computeIfAbsent(container.pod().uid(), uid -> new ArrayList<>())
                    .add(container);
        }
        if (synced.getAsBoolean()) {
            pods.values().stream()
                    .filter(pod -> !workers.containsKey(pod.uid()))
                    .forEach(pod -> worker(orphan(pod)).vanished());
        }
        workers.forEach((uid, worker) ->
                worker.observe(sandboxes.getOrDefault(uid, List.of()), containers.getOrDefault(uid, List.of())));
    }

    /** Stands for a pod that only the runtime knows, until the API has been asked. */
    private static Pod orphan(PodIdentity identity) {
        return PodBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .namespace(identity.namespace())
                        .name(identity.name())
                        .uid(identity.uid())
                        .build())
                .build();
    }

    Optional<PodFacts> find(String namespace, String name) {
        return workers.values().stream()
                .map(PodWorker::lastFacts)
                .filter(facts -> facts.pod().metadata().namespace().equals(namespace)
                        && facts.pod().metadata().name().equals(name))
                .filter(facts -> facts.intent() != PodFacts.Intent.REMOVE)
                .findFirst();
    }

    /** What was known of each pod at its last step. */
    List<PodFacts> facts() {
        return workers.values().stream().map(PodWorker::lastFacts).toList();
    }

    /** The containers that ran when their pods were last looked at. */
    List<ContainerState> running() {
        return workers.values().stream()
                .flatMap(worker -> worker.lastFacts().running().stream())
                .toList();
    }

    /** Ids of the images that containers were made from, running or not. */
    Set<String> usedImages() {
        return workers.values().stream()
                .flatMap(worker -> worker.lastFacts().containers().stream())
                .map(ContainerState::imageId)
                .collect(Collectors.toSet());
    }

    /** Ends all pods here without a word to the API; completes when the runtime has none left. */
    CompletionStage<Void> endAll(Duration grace) {
        ending = grace;
        workers.values().forEach(worker -> worker.end(grace));
        node.watch().fresh().thenRun(this::completeIfEmpty);
        return empty;
    }

    /** Those that have not ended. */
    List<Pod> unended() {
        return unendedFacts().stream().map(PodFacts::pod).toList();
    }

    /** What was known of these at their last step. */
    List<PodFacts> unendedFacts() {
        return workers.values().stream()
                .map(PodWorker::lastFacts)
                .filter(facts -> facts.intent() == PodFacts.Intent.RUN
                        && (!facts.running().isEmpty() || PodOutcome.of(facts).isEmpty()))
                .toList();
    }

    /** Has the pod fail for a reason of the node's. @param graceLimit the most that its end may take */
    void evict(Pod pod, Rejection why, Duration graceLimit) {
        PodWorker worker = workers.get(pod.metadata().uid());
        if (worker != null) {
            worker.evict(why, graceLimit);
        }
    }

    void detachAll() {
        workers.values().forEach(PodWorker::detach);
    }

    private void gone(PodWorker worker) {
        workers.remove(worker.lastFacts().pod().metadata().uid(), worker);
        completeIfEmpty();
    }

    private void completeIfEmpty() {
        if (ending != null && workers.isEmpty()) {
            empty.complete(null);
        }
    }
}
