package io.orchestrator.core.agent;

import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.agent.NodeSignals.Reading;
import io.orchestrator.core.agent.PodMemory.Rejection;
import io.orchestrator.core.env.Environment;
import io.orchestrator.spi.node.NodeStorage;
import io.orchestrator.spi.node.NodeUsage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every ten seconds at what is left of the node, and has one pod at a time make room where that is too little. Owned
 * by its lane; {@link #shortages} may be asked from anywhere.
 */
final class NodePressure implements NodePart {
    private static final Logger LOG = LoggerFactory.getLogger(NodePressure.class);
    /** The reason of pods that had to go, or could not come. */
    static final String EVICTED = "Evicted";

    private static final Duration PERIOD = Duration.ofSeconds(10);

    private final NodeSignals signals;
    private final PressureLimits limits;
    private final Environment environment;
    private final Supplier<CompletionStage<NodeUsage>> usage;
    private final Supplier<CompletionStage<NodeStorage>> storage;
    private final NodePods pods;
    private final Supplier<CompletionStage<Boolean>> reclaim;
    private final Lane lane;
    private final Map<Shortage, Instant> lastSeen = new EnumMap<>(Shortage.class);
    private volatile Set<Shortage> shortages = Set.of();
    private @Nullable String leaving;
    private @Nullable ScheduledFuture<?> timer;

    /** @param reclaim frees disk otherwise, and says whether it could */
    NodePressure(
            NodeSignals signals,
            PressureLimits limits,
            Environment environment,
            Supplier<CompletionStage<NodeUsage>> usage,
            Supplier<CompletionStage<NodeStorage>> storage,
            NodePods pods,
            Supplier<CompletionStage<Boolean>> reclaim) {
        this.signals = signals;
        this.limits = limits;
        this.environment = environment;
        this.usage = usage;
        this.storage = storage;
        this.pods = pods;
        this.reclaim = reclaim;
        this.lane = new Lane(environment.executor());
    }

    void start() {
        timer = environment
                .timers()
                .scheduleWithFixedDelay(() -> lane.submit(this::look), 0, PERIOD.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** What the node is, or until a while ago was, short of. */
    Set<Shortage> shortages() {
        return shortages;
    }

    private void look() {
        Reading reading;
        try {
            reading = signals.read();
        } catch (IOException e) {
            LOG.warn("what is left of the node cannot be read", e);
            return;
        }
        Instant now = environment.clock().instant();
        Optional<Shortage> worst = Optional.empty();
        EnumSet<Shortage> all = EnumSet.noneOf(Shortage.class);
        for (Shortage shortage : Shortage.values()) {
            if (shortage.in(reading, limits).isPresent()) {
                lastSeen.put(shortage, now);
                worst = worst.isPresent() ? worst : Optional.of(shortage);
            }
            Instant seen = lastSeen.get(shortage);
            if (seen != null && (seen.equals(now) || now.isBefore(seen.plus(limits.easing())))) {
                all.add(shortage);
            }
        }
        shortages = Set.copyOf(all);
        worst.ifPresent(shortage -> {
            if (shortage == Shortage.DISK) {
                reclaim.get()
                        .whenComplete((freed, failure) -> lane.submit(() -> {
                            if (failure != null || !freed) {
                                relieve(shortage, reading);
                            }
                        }));
            } else {
                relieve(shortage, reading);
            }
        });
    }

    private void relieve(Shortage shortage, Reading reading) {
        List<Pod> candidates = pods.unended();
        if (candidates.stream().anyMatch(pod -> pod.metadata().uid().equals(leaving))) {
            return; // one that goes already may be enough
        }
        ranked(shortage)
                .whenComplete((known, failure) -> lane.submit(() -> {
                    if (failure != null) {
                        LOG.debug("pods are ranked without what they use", failure);
                    }
                    EvictionRank rank = known == null ? EvictionRank.blind() : known;
                    rank.order(candidates).stream()
                            .findFirst()
                            .ifPresentOrElse(
                                    pod -> evict(pod, shortage, reading, rank),
                                    () -> LOG.warn("the node is short of {}, and no pod may go", shortage.resource()));
                }));
    }

    private CompletionStage<EvictionRank> ranked(Shortage shortage) {
        return switch (shortage) {
            case MEMORY -> usage.get().thenApply(EvictionRank::byMemory);
            case DISK -> storage.get().thenApply(EvictionRank::byDisk);
            case PIDS -> CompletableFuture.completedFuture(EvictionRank.blind());
        };
    }

    private void evict(Pod pod, Shortage shortage, Reading reading, EvictionRank rank) {
        leaving = pod.metadata().uid();
        String message = "The node was low on resource: " + shortage.resource() + ". "
                + shortage.in(reading, limits)
                        .map(amount ->
                                "Threshold quantity: " + amount.limit() + ", available: " + amount.available() + ". ")
                        .orElse("");
        if (rank.excess(pod) > 0) {
            message += "Pod was using " + rank.used(pod) + ", request is " + rank.requested(pod)
                    + ", has larger consumption of " + shortage.resource() + ". ";
        }
        pods.evict(pod, new Rejection(EVICTED, message), Duration.ZERO);
    }

    @Override
    public void close() {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
