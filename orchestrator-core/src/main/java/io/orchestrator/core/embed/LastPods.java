package io.orchestrator.core.embed;

import io.orchestrator.core.agent.NodeAgent;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for the last pods of nodes that are taken down. An engine may need a second for each of them, however many there are: it is
 * given up only when none has gone for a while.
 */
final class LastPods {
    private static final Logger LOG = LoggerFactory.getLogger(LastPods.class);
    /** Beyond the pods' own grace: for the engine to kill and remove. */
    private static final Duration REMOVAL = Duration.ofSeconds(30);

    private LastPods() {}

    /** Ends all pods, and returns when none is left or none goes any more. */
    static void end(Collection<NodeAgent> agents, Duration grace) throws InterruptedException {
        CompletableFuture<?>[] all = agents.stream()
                .map(agent -> agent.endPods(grace))
                .map(CompletionStage::toCompletableFuture)
                .toArray(CompletableFuture[]::new);
        int left = await(
                CompletableFuture.allOf(all),
                () -> agents.stream().mapToInt(NodeAgent::present).sum(),
                grace.plus(REMOVAL));
        if (left > 0) {
            LOG.warn("{} pods may be left behind", left);
        }
    }

    /**
     * Waits.
     *
     * @param left how many there are at this moment
     * @param patience for the next of them
     * @return how many were left when it was given up; 0 when all have gone
     */
    static int await(CompletableFuture<?> end, IntSupplier left, Duration patience) throws InterruptedException {
        int before = left.getAsInt();
        while (true) {
            try {
                end.get(patience.toMillis(), TimeUnit.MILLISECONDS);
                return 0;
            } catch (TimeoutException e) {
                int now = left.getAsInt();
                if (now >= before) {
                    return now;
                }
                before = now;
            } catch (ExecutionException e) {
                LOG.warn("pods could not be ended", e);
                return left.getAsInt();
            }
        }
    }
}
