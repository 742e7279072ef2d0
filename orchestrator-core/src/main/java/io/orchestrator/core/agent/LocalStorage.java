package io.orchestrator.core.agent;

import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.Volume;
import io.orchestrator.core.agent.PodMemory.Rejection;
import io.orchestrator.core.env.Environment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every few seconds at the pods that may have only so much on the node's disk, and evicts those that have more: in one emptyDir
 * than its size limit, in a container's own files than its limit, or in all of that together than the pod's containers may have. What
 * containers write beside their volumes counts where the runtime can tell; logs, which rotate, do not. Pods without such limits
 * cost nothing.
 */
final class LocalStorage implements NodePart {
    private static final Logger LOG = LoggerFactory.getLogger(LocalStorage.class);
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final NodePods pods;
    private final PodVolumes volumes;
    private final WrittenLayers layers;
    private final Duration period;
    private final Environment environment;
    private final Lane lane;
    private @Nullable ScheduledFuture<?> timer;
    /** Owned by the lane. */
    private boolean looking;

    LocalStorage(NodePods pods, PodVolumes volumes, WrittenLayers layers, Duration period, Environment environment) {
        this.pods = pods;
        this.volumes = volumes;
        this.layers = layers;
        this.period = period;
        this.environment = environment;
        this.lane = new Lane(environment.executor());
    }

    void start() {
        timer = environment
                .timers()
                .scheduleWithFixedDelay(
                        () -> lane.submit(this::look), period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** A runtime that is slow to answer is not asked again before it has. */
    private void look() {
        if (looking) {
            return;
        }
        looking = true;
        CompletableFuture<?>[] all = pods.unendedFacts().stream()
                .filter(facts -> !EvictionRank.mayStay(facts.pod()))
                .map(facts -> layers.of(facts)
                        .thenAccept(written -> lane.submit(() -> judge(facts.pod(), written)))
                        .toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(all).whenComplete((done, failure) -> lane.submit(() -> looking = false));
    }

    private void judge(Pod pod, Map<String, Long> written) {
        try {
            excess(pod, written).ifPresent(why -> pods.evict(pod, new Rejection(NodePressure.EVICTED, why), GRACE));
        } catch (IOException | UncheckedIOException e) {
            // files come and go while they are counted
            LOG.debug(
                    "the volumes of pod {} could not be measured",
                    pod.metadata().name(),
                    e);
        }
    }

    /** What the pod has too much of. */
    private Optional<String> excess(Pod pod, Map<String, Long> written) throws IOException {
        for (Volume volume : pod.spec().volumes()) {
            Quantity limit =
                    volume.emptyDir() == null ? null : volume.emptyDir().sizeLimit();
            if (limit != null && limit.value() > 0 && volumes.size(pod, volume) > limit.value()) {
                return Optional.of(
                        "Usage of EmptyDir volume \"" + volume.name() + "\" exceeds the limit \"" + limit + "\". ");
            }
        }
        Optional<String> own = WrittenLayers.excess(pod, written);
        Quantity limit = PodRequests.limits(pod).get(WrittenLayers.RESOURCE);
        if (own.isPresent() || limit == null) {
            return own;
        }
        long all = written.values().stream().mapToLong(Long::longValue).sum();
        for (Volume volume : pod.spec().volumes()) {
            if (volume.emptyDir() != null && !MemoryVolumes.isMeant(volume)) {
                all += volumes.size(pod, volume);
            }
        }
        return all > limit.value()
                ? Optional.of("Pod ephemeral local storage usage exceeds the total limit of containers " + limit + ". ")
                : Optional.empty();
    }

    @Override
    public void close() {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
