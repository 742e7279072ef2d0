package io.orchestrator.core.agent;

import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.Volume;
import io.orchestrator.core.env.Environment;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings the files of running pods up to date from time to time: what was changed in a config map, a secret or the pod itself, and
 * tokens before they expire. Pods whose volumes cannot change are not touched.
 */
final class VolumeRefresh implements NodePart {
    private final NodeContext node;
    private final Supplier<List<PodFacts>> pods;
    private @Nullable ScheduledFuture<?> timer;

    VolumeRefresh(NodeContext node, Supplier<List<PodFacts>> pods) {
        this.node = node;
        this.pods = pods;
    }

    void start() {
        Environment environment = node.environment();
        long every = node.config().timing().volumeRefresh().toNanos();
        timer = environment
                .timers()
                .scheduleWithFixedDelay(
                        () -> environment.executor().execute(this::refreshAll), every, every, TimeUnit.NANOSECONDS);
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
        }
    }

    @Override
    public void close() {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
