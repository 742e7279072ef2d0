package io.orchestrator.core.agent;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodPhase;
import io.orchestrator.api.model.core.Volume;
import io.orchestrator.core.agent.VolumeSources.Source;
import io.orchestrator.core.env.Environment;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the files of running pods up to date: at once when a config map, a secret or the pod itself is changed that they are made
 * from, and all of them from time to time, which renews tokens before they expire and finds what was missed. Pods whose volumes
 * cannot change are not touched.
 */
final class VolumeRefresh implements NodePart {
    private static final Logger LOG = LoggerFactory.getLogger(VolumeRefresh.class);

    private final NodeContext node;
    private final Supplier<List<PodFacts>> pods;
    private final VolumeSources sources;
    private final Lane lane;
    private @Nullable ScheduledFuture<?> timer;

    VolumeRefresh(NodeContext node, Supplier<List<PodFacts>> pods) {
        this.node = node;
        this.pods = pods;
        this.lane = new Lane(node.environment().executor());
        this.sources = new VolumeSources(
                node.client(), node.environment(), source -> lane.submit(() -> refreshAllWith(source)));
    }

    void start() {
        Environment environment = node.environment();
        long every = node.config().timing().volumeRefresh().toNanos();
        timer = environment
                .timers()
                .scheduleWithFixedDelay(() -> lane.submit(this::refreshAll), every, every, TimeUnit.NANOSECONDS);
    }

    /** An informer's news of the pods that are bound to this node. */
    void changed(@Nullable Pod before, @Nullable Pod after) {
        if (after == null) {
            if (before != null) {
                sources.forget(before);
            }
        } else if (isOver(after)) {
            sources.forget(after);
        } else {
            sources.follow(after);
            if (before != null && tellsOfItself(after) && !sameMetadata(before, after)) {
                lane.submit(() -> refresh(after));
            }
        }
    }

    private static boolean isOver(Pod pod) {
        String phase = pod.status().phase();
        return phase.equals(PodPhase.SUCCEEDED) || phase.equals(PodPhase.FAILED);
    }

    private static boolean tellsOfItself(Pod pod) {
        return pod.spec().volumes().stream()
                .anyMatch(volume -> volume.downwardAPI() != null
                        || volume.projected() != null
                                && volume.projected().sources().stream().anyMatch(part -> part.downwardAPI() != null));
    }

    private static boolean sameMetadata(Pod before, Pod after) {
        return before.metadata().labels().equals(after.metadata().labels())
                && before.metadata().annotations().equals(after.metadata().annotations());
    }

    private void refreshAllWith(Source source) {
        for (PodFacts facts : pods.get()) {
            if (facts.intent() == PodFacts.Intent.RUN && VolumeSources.has(facts.pod(), source)) {
                refresh(facts.pod());
            }
        }
    }

    private void refreshAll() {
        for (PodFacts facts : pods.get()) {
            if (facts.intent() == PodFacts.Intent.RUN && !facts.running().isEmpty() && isLive(facts.pod())) {
                refresh(facts.pod());
            }
        }
    }

    private static boolean isLive(Pod pod) {
        return pod.spec().volumes().stream().anyMatch(VolumeRefresh::isLive);
    }

    static boolean isLive(Volume volume) {
        return volume.configMap() != null
                || volume.secret() != null
                || volume.downwardAPI() != null
                || volume.projected() != null;
    }

    private void refresh(Pod pod) {
        try {
            node.volumes().refresh(node.self(pod, pod.status().podIP()));
        } catch (ConfigFailure | IOException e) {
            node.events().warning(pod, "FailedMount", Deadlines.message(e));
        } catch (ApiException e) {
            LOG.debug(
                    "the files of pod {} stay as they are until the next round",
                    pod.metadata().name(),
                    e);
        }
    }

    @Override
    public void close() {
        sources.close();
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
