package io.orchestrator.core.registry.usage;

import io.orchestrator.spi.node.NodeMeter;
import io.orchestrator.spi.node.NodeUsage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the meters of nodes, all at the same time, and waits for them for a while. Of a node that does not answer in time its last
 * answer counts as long as that is not too old; of one that never did, nothing is known. Thread-safe.
 */
final class ClusterUsage {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterUsage.class);
    /** Older figures would be taken for what is. */
    private static final Duration KEPT = Duration.ofMinutes(1);

    private final Function<String, Optional<NodeMeter>> meters;
    private final Duration patience;
    private final Clock clock;
    private final Map<String, NodeUsage> last = new ConcurrentHashMap<>();

    /** @param patience zero takes what is known already and never blocks */
    ClusterUsage(Function<String, Optional<NodeMeter>> meters, Duration patience, Clock clock) {
        this.meters = meters;
        this.patience = patience;
        this.clock = clock;
    }

    /** By node; those of which nothing is known are left out. */
    Map<String, NodeUsage> of(Collection<String> nodes) {
        Map<String, CompletableFuture<NodeUsage>> asked = new LinkedHashMap<>();
        for (String node : nodes) {
            meters.apply(node).ifPresent(meter -> asked.computeIfAbsent(node, name -> ask(name, meter)));
        }
        await(asked.values());
        Instant oldest = clock.instant().minus(KEPT);
        Map<String, NodeUsage> known = new HashMap<>();
        asked.forEach((node, answer) -> {
            NodeUsage usage = answer.isDone() && !answer.isCompletedExceptionally() ? answer.join() : last.get(node);
            if (usage != null && usage.at().isAfter(oldest)) {
                known.put(node, usage);
            }
        });
        return known;
    }

    private CompletableFuture<NodeUsage> ask(String node, NodeMeter meter) {
        return meter.usage().toCompletableFuture().whenComplete((usage, failure) -> {
            if (failure == null) {
                last.put(node, usage);
            } else {
                LOG.debug("node {} does not say what its pods use", node, failure);
            }
        });
    }

    private void await(Collection<CompletableFuture<NodeUsage>> answers) {
        if (patience.isZero()) {
            return;
        }
        try {
            CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("not every node has said what its pods use: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
