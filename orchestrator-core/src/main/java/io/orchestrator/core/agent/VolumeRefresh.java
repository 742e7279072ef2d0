package io.orchestrator.core.agent;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodPhase;
import io.orchestrator.api.model.core.Volume;
import io.orchestrator.core.agent.VolumeSources.Source;
import io.orchestrator.core.env.Environment;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the files of running pods up to date: at once when a config map, a secret or the pod itself is changed that they are made
 * from, and from time to time where nobody tells of that, or a token is to be renewed. A pod is at rest once its files were found up to
 * date while everything that changes them was told of; those are looked at seldom, for what was missed all the same. Pods whose
 * volumes cannot change are not touched.
 */
final class VolumeRefresh implements NodePart {
    private static final Logger LOG = LoggerFactory.getLogger(VolumeRefresh.class);
    /** In each so many rounds those are looked at, too, that rest. */
    private static final int ALL = 10;

    private final NodeContext node;
    private final Supplier<List<PodFacts>> pods;
    private final VolumeSources sources;
    private final Lane lane;
    private @Nullable ScheduledFuture<?> timer;

    // Owned by the lane.
    private final Set<String> resting = new HashSet<>();
    private int rounds;

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
        boolean all = ++rounds % ALL == 0;
        Set<String> due = node.volumes().tokensDue();
        Set<String> running = new HashSet<>();
        for (PodFacts facts : pods.get()) {
            Pod pod = facts.pod();
            if (facts.intent() == PodFacts.Intent.RUN && !facts.running().isEmpty() && isLive(pod)) {
                String uid = pod.metadata().uid();
                running.add(uid);
                if (all || due.contains(uid) || !resting.contains(uid)) {
                    boolean told = sources.tellsOf(pod) && !tellsOfResources(pod);
                    if (refresh(pod) && told) {
                        resting.add(uid);
                    }
                }
            }
        }
        resting.retainAll(running);
    }

    /** What a container is granted is not told of by the pod's metadata. */
    private static boolean tellsOfResources(Pod pod) {
        return pod.spec().volumes().stream()
                .flatMap(volume -> Stream.concat(
                        Stream.ofNullable(volume.downwardAPI()).flatMap(own -> own.items().stream()),
                        Stream.ofNullable(volume.projected())
                                .flatMap(projected -> projected.sources().stream())
                                .flatMap(source -> Stream.ofNullable(source.downwardAPI()))
                                .flatMap(own -> own.items().stream())))
                .anyMatch(item -> item.resourceFieldRef() != null);
    }

    private boolean isLive(Pod pod) {
        Set<String> shown = node.shown().of(pod);
        return pod.spec().volumes().stream().anyMatch(volume -> isLive(volume) && shown.contains(volume.name()));
    }

    static boolean isLive(Volume volume) {
        return volume.configMap() != null
                || volume.secret() != null
                || volume.downwardAPI() != null
                || volume.projected() != null;
    }

    /** Whether its files are up to date now; else it rests no more, and the next round tries again. */
    private boolean refresh(Pod pod) {
        try {
            node.volumes()
                    .refresh(node.self(pod, pod.status().podIP()), node.shown().of(pod));
            return true;
        } catch (ConfigFailure | IOException e) {
            node.events().warning(pod, "FailedMount", Deadlines.message(e));
        } catch (ApiException e) {
            LOG.debug(
                    "the files of pod {} stay as they are until the next round",
                    pod.metadata().name(),
                    e);
        }
        resting.remove(pod.metadata().uid());
        return false;
    }

    @Override
    public void close() {
        sources.close();
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
