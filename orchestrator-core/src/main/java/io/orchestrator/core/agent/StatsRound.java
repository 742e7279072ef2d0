package io.orchestrator.core.agent;

import io.orchestrator.spi.runtime.ContainerState;
import io.orchestrator.spi.runtime.ContainerStats;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One look at many containers, a few at a time, so that pods that are being started need not wait for it. */
final class StatsRound {
    private static final Logger LOG = LoggerFactory.getLogger(StatsRound.class);
    private static final int AT_A_TIME = 4;

    private final Iterator<ContainerState> left;
    private final Function<String, CompletionStage<ContainerStats>> look;
    private final Map<String, ContainerStats> seen = new ConcurrentHashMap<>();

    StatsRound(List<ContainerState> containers, Function<String, CompletionStage<ContainerStats>> look) {
        this.left = List.copyOf(containers).iterator();
        this.look = look;
    }

    /** By container; those that could not be looked at are left out. */
    CompletionStage<Map<String, ContainerStats>> run() {
        CompletableFuture<?>[] lanes = IntStream.range(0, AT_A_TIME)
                .mapToObj(lane -> {
                    CompletableFuture<Void> done = new CompletableFuture<>();
                    next(done);
                    return done;
                })
                .toArray(CompletableFuture[]::new);
        return CompletableFuture.allOf(lanes).thenApply(done -> Map.copyOf(seen));
    }

    /** In a loop while answers are there at once, lest many of them fill the stack. */
    private void next(CompletableFuture<Void> done) {
        for (String id = take(); id != null; id = take()) {
            String container = id;
            CompletableFuture<ContainerStats> answer = look.apply(container).toCompletableFuture();
            if (!answer.isDone()) {
                answer.whenComplete((stats, failure) -> {
                    keep(container, stats, failure);
                    next(done);
                });
                return;
            }
            answer.whenComplete((stats, failure) -> keep(container, stats, failure));
        }
        done.complete(null);
    }

    private @Nullable String take() {
        synchronized (left) {
            return left.hasNext() ? left.next().id() : null;
        }
    }

    private void keep(String container, @Nullable ContainerStats stats, @Nullable Throwable failure) {
        if (stats != null) {
            seen.put(container, stats);
        } else {
            LOG.debug("container {} could not be looked at", container, failure);
        }
    }
}
