package io.orchestrator.core.agent;

import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.Volume;
import io.orchestrator.core.agent.PodMemory.Rejection;
import io.orchestrator.core.env.Environment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every few seconds at the pods that may have only so much on the node's disk, and evicts those that have more: in one emptyDir
 * than its size limit, or in all of them than the limits of the containers. What containers write beside their volumes
 * is not counted. Pods without such limits cost nothing.
 */
final class LocalStorage implements NodePart {
    private static final Logger LOG = LoggerFactory.getLogger(LocalStorage.class);
    private static final Duration GRACE = Duration.ofSeconds(1);
    private static final String RESOURCE = "ephemeral-storage";

    private final NodePods pods;
    private final PodVolumes volumes;
    private final Duration period;
    private final Environment environment;
    private final Lane lane;
    private @Nullable ScheduledFuture<?> timer;

    LocalStorage(NodePods pods, PodVolumes volumes, Duration period, Environment environment) {
        this.pods = pods;
        this.volumes = volumes;
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

    private void look() {
        for (Pod pod : pods.unended()) {
            try {
                excess(pod).ifPresent(why -> pods.evict(pod, new Rejection(NodePressure.EVICTED, why), GRACE));
            } catch (IOException | UncheckedIOException e) {
                // files come and go while they are counted
                LOG.debug(
                        "the volumes of pod {} could not be measured",
                        pod.metadata().name(),
                        e);
            }
        }
    }

    /** What the pod has too much of. */
    private Optional<String> excess(Pod pod) throws IOException {
        for (Volume volume : pod.spec().volumes()) {
            Quantity limit =
                    volume.emptyDir() == null ? null : volume.emptyDir().sizeLimit();
            if (limit != null && limit.value() > 0 && volumes.size(pod, volume) > limit.value()) {
                return Optional.of(
                        "Usage of EmptyDir volume \"" + volume.name() + "\" exceeds the limit \"" + limit + "\". ");
            }
        }
        long limit = limit(pod);
        if (limit == 0) {
            return Optional.empty();
        }
        long all = 0;
        for (Volume volume : pod.spec().volumes()) {
            if (volume.emptyDir() != null && !"Memory".equals(volume.emptyDir().medium())) {
                all += volumes.size(pod, volume);
            }
        }
        return all > limit
                ? Optional.of("Pod ephemeral local storage usage exceeds the total limit of containers "
                        + Quantity.of(limit) + ". ")
                : Optional.empty();
    }

    /** Of all containers together; 0 where one of them has none. */
    private static long limit(Pod pod) {
        long all = 0;
        for (Container container : pod.spec().containers()) {
            Quantity limit = container.resources().limits().get(RESOURCE);
            if (limit == null) {
                return 0;
            }
            all += limit.value();
        }
        return all;
    }

    @Override
    public void close() {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
