package io.orchestrator.core.agent;

import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.Volume;
import io.orchestrator.core.env.Environment;
import io.orchestrator.spi.node.NodeStorage;
import io.orchestrator.spi.node.NodeStorage.OfPod;
import io.orchestrator.spi.node.NodeStorage.OfVolume;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures what the pods of a node have on its disks when somebody asks, and at most once a minute: files are walked for it. Guarded
 * by its monitor, which is never held over a call.
 */
final class StorageMeter {
    private static final Logger LOG = LoggerFactory.getLogger(StorageMeter.class);
    private static final Duration KEPT = Duration.ofMinutes(1);

    private final NodePods pods;
    private final PodVolumes volumes;
    private final WrittenLayers layers;
    private final LongSupplier imageBytes;
    private final Environment environment;
    private @Nullable CompletableFuture<NodeStorage> latest;
    private Instant begun = Instant.MIN;

    /** @param imageBytes of all images of the node, as they were last seen */
    StorageMeter(
            NodePods pods, PodVolumes volumes, WrittenLayers layers, LongSupplier imageBytes, Environment environment) {
        this.pods = pods;
        this.volumes = volumes;
        this.layers = layers;
        this.imageBytes = imageBytes;
        this.environment = environment;
    }

    /** Never fails: what cannot be measured is left out. */
    CompletionStage<NodeStorage> storage() {
        Instant now = environment.clock().instant();
        CompletableFuture<NodeStorage> fresh = new CompletableFuture<>();
        synchronized (this) {
            CompletableFuture<NodeStorage> known = latest;
            boolean current = Duration.between(begun, now).abs().compareTo(KEPT) < 0;
            if (known != null && (current || !known.isDone())) {
                return known.copy();
            }
            latest = fresh;
            begun = now;
        }
        measure(now).whenComplete((storage, failure) -> {
            if (failure != null) {
                LOG.warn("what pods have on the disk cannot be measured", failure);
            }
            fresh.complete(storage == null ? NodeStorage.NONE : storage);
        });
        return fresh.copy();
    }

    private CompletionStage<NodeStorage> measure(Instant at) {
        List<CompletableFuture<OfPod>> all = pods.facts().stream()
                .filter(facts -> facts.intent() != PodFacts.Intent.REMOVE)
                .map(facts -> layers.ofAll(facts)
                        .thenApplyAsync(written -> of(facts.pod(), written), environment.executor())
                        .toCompletableFuture())
                .toList();
        return CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> new NodeStorage(
                        at, all.stream().map(CompletableFuture::join).toList(), imageBytes.getAsLong()));
    }

    private OfPod of(Pod pod, Map<String, Long> written) {
        List<OfVolume> measured = new ArrayList<>();
        for (Volume volume : pod.spec().volumes()) {
            try {
                volumes.figures(pod, volume).ifPresent(measured::add);
            } catch (IOException | UncheckedIOException | ConfigFailure e) {
                // files come and go while they are counted, and so do claims
                LOG.debug(
                        "volume {} of pod {} cannot be measured",
                        volume.name(),
                        pod.metadata().name(),
                        e);
            }
        }
        return new OfPod(Ids.identity(pod), measured, written);
    }
}
