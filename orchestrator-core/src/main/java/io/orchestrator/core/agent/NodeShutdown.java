package io.orchestrator.core.agent;

import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.agent.PodMemory.Rejection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** Ends the pods of a node that is about to be switched off: the critical ones when the others have gone. */
final class NodeShutdown {
    private static final Rejection WHY =
            new Rejection("Terminated", "Pod was terminated in response to imminent node shutdown.");
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

    private final NodePods pods;
    private final Deadlines deadlines;

    NodeShutdown(NodePods pods, Deadlines deadlines) {
        this.pods = pods;
        this.deadlines = deadlines;
    }

    /** Completes when all have ended, or a little after the time that each kind of them gets. */
    CompletionStage<Void> end(Duration grace, Duration criticalGrace) {
        return end(pod -> !EvictionRank.isCritical(pod), grace)
                .thenCompose(done -> end(EvictionRank::isCritical, criticalGrace));
    }

    private CompletionStage<Void> end(Predicate<Pod> which, Duration grace) {
        pods.unended().stream().filter(which).forEach(pod -> pods.evict(pod, WHY, grace));
        return await(which, grace.plus(LOOK_AGAIN.multipliedBy(4)));
    }

    private CompletionStage<Void> await(Predicate<Pod> which, Duration left) {
        List<Pod> still = pods.unended().stream().filter(which).toList();
        if (still.isEmpty() || left.isNegative()) {
            return CompletableFuture.completedFuture(null);
        }
        return deadlines.after(LOOK_AGAIN).thenCompose(waited -> await(which, left.minus(LOOK_AGAIN)));
    }
}
