package io.orchestrator.core.agent;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.orchestrator.core.env.Environment;
import io.orchestrator.spi.node.NodeMeter;
import io.orchestrator.spi.node.NodeUsage;
import io.orchestrator.spi.runtime.ContainerRuntime;
import io.orchestrator.spi.runtime.ContainerState;
import io.orchestrator.spi.runtime.ContainerStats;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures what the containers of a node use, for as long as somebody asks: the first question brings two looks a second apart,
 * and from then on there is a look at each interval, and when somebody asks after a container has started; until nobody has asked
 * for a while. At rest it does nothing. Guarded by its
 * monitor, which is never held over a call.
 */
final class UsageMeter implements NodeMeter, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UsageMeter.class);
    private static final Duration FIRST_WINDOW = Duration.ofSeconds(1);
    private static final Duration INTERVAL = Duration.ofSeconds(15);
    /** More than the longest interval at which controllers and people ask. */
    private static final Duration INTEREST = Duration.ofMinutes(2);

    private final ContainerRuntime runtime;
    private final Environment environment;
    private final Deadlines deadlines;
    private final Duration callDeadline;
    private final Supplier<List<ContainerState>> running;
    private final Object lock = new Object();
    private Map<String, ContainerStats> before = Map.of();
    /** CPU time that has been counted of each container that runs; also while nobody asks. */
    private final Map<String, Long> counted = new HashMap<>();

    private long spent;
    /** What was old enough to be measured when everything was last looked at, whether or not that succeeded. */
    private Set<String> covered = Set.of();

    private long askedAt;
    private boolean closed;
    private @Nullable NodeUsage latest;
    private @Nullable CompletableFuture<NodeUsage> pending;
    private @Nullable ScheduledFuture<?> timer;

    /** @param running the containers that run at this moment */
    UsageMeter(
            ContainerRuntime runtime,
            Environment environment,
            Deadlines deadlines,
            Duration callDeadline,
            Supplier<List<ContainerState>> running) {
        this.runtime = runtime;
        this.environment = environment;
        this.deadlines = deadlines;
        this.callDeadline = callDeadline;
        this.running = running;
    }

    @Override
    public CompletionStage<NodeUsage> usage() {
        List<ContainerState> now = running.get();
        Instant at = environment.clock().instant();
        CompletableFuture<NodeUsage> begun = new CompletableFuture<>();
        boolean first;
        synchronized (lock) {
            askedAt = environment.nanoTime().getAsLong();
            NodeUsage known = latest;
            first = known == null;
            if (pending != null) {
                return pending.copy();
            }
            if (known != null && now.stream().allMatch(each -> covered.contains(each.id()))) {
                return CompletableFuture.completedFuture(known);
            }
            pending = begun;
        }
        CompletionStage<NodeUsage> measured = first
                ? look().thenCompose(looked -> deadlines.after(FIRST_WINDOW)).thenCompose(passed -> look())
                : deadlines.after(untilGrown(now, at)).thenCompose(grown -> look());
        measured.whenComplete((usage, failure) -> answered(begun, usage, failure));
        return begun.copy();
    }

    /** How long it takes until the youngest container can be measured from its start. */
    private static Duration untilGrown(List<ContainerState> containers, Instant at) {
        return containers.stream()
                .map(ContainerState::startedAt)
                .filter(Objects::nonNull)
                .map(start -> FIRST_WINDOW.minus(Duration.between(start, at)))
                .filter(rest -> !rest.isNegative())
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    private void answered(CompletableFuture<NodeUsage> begun, @Nullable NodeUsage usage, @Nullable Throwable failure) {
        synchronized (lock) {
            pending = null;
            if (usage != null && !closed) {
                latest = usage;
                if (timer == null) {
                    timer = environment.timers().schedule(this::tick, INTERVAL.toNanos(), TimeUnit.NANOSECONDS);
                }
            }
        }
        if (usage != null) {
            begun.complete(usage);
        } else {
            begun.completeExceptionally(failure == null ? new IllegalStateException("no look was taken") : failure);
        }
    }

    private void tick() {
        synchronized (lock) {
            if (closed || environment.nanoTime().getAsLong() - askedAt > INTEREST.toNanos()) {
                latest = null;
                before = Map.of();
                covered = Set.of();
                timer = null;
                return;
            }
        }
        environment
                .executor()
                .execute(() -> look().whenComplete((usage, failure) -> {
                    synchronized (lock) {
                        if (usage != null) {
                            latest = usage;
                        } else {
                            LOG.debug("the containers could not be looked at", failure);
                        }
                        if (!closed) {
                            timer = environment.timers().schedule(this::tick, INTERVAL.toNanos(), TimeUnit.NANOSECONDS);
                        }
                    }
                }));
    }

    /** Looks at everything that runs, and says what was used since the look before. */
    private CompletionStage<NodeUsage> look() {
        List<ContainerState> containers = running.get();
        return new StatsRound(
                        containers, id -> deadlines.within(callDeadline, "stats of " + id, () -> runtime.stats(id)))
                .run()
                .thenApply(now -> {
                    Instant at = environment.clock().instant();
                    Map<String, ContainerStats> earlier;
                    NodeUsage told;
                    long all;
                    synchronized (lock) {
                        all = count(containers, now);
                        earlier = before;
                        told = latest;
                        before = now;
                        covered = measurable(containers, at);
                    }
                    return UsageReport.of(containers, earlier, now, told, all, at);
                });
    }

    @GuardedBy("lock")
    private long count(List<ContainerState> running, Map<String, ContainerStats> now) {
        counted.keySet().retainAll(running.stream().map(ContainerState::id).collect(Collectors.toSet()));
        now.forEach((id, stats) -> {
            Long known = counted.put(id, stats.cpuNanos());
            spent += Math.max(0, stats.cpuNanos() - (known == null ? 0 : known));
        });
        return spent;
    }

    private static Set<String> measurable(List<ContainerState> containers, Instant at) {
        return containers.stream()
                .filter(each -> UsageReport.isMeasurable(each, at))
                .map(ContainerState::id)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            if (timer != null) {
                timer.cancel(false);
            }
        }
    }
}
