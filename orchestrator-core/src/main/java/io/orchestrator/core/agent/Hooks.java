package io.orchestrator.core.agent;

import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.ExecAction;
import io.orchestrator.api.model.core.LifecycleHandler;
import io.orchestrator.api.model.core.ProbeBuilder;
import io.orchestrator.core.agent.Prober.Kind;
import io.orchestrator.core.agent.Prober.Request;
import io.orchestrator.core.agent.Prober.Result;
import io.orchestrator.spi.runtime.PodIdentity;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Runs what a container wants done after its start and before its end, with the prober's means. */
final class Hooks {
    private final NodeContext node;

    Hooks(NodeContext node) {
        this.node = node;
    }

    /** @param limit after which it counts as failed, and is waited for no longer */
    CompletionStage<Result> run(
            LifecycleHandler hook,
            Container container,
            PodIdentity pod,
            String containerId,
            String podAddress,
            Duration limit) {
        if (hook.sleep() != null) {
            Duration wanted = Duration.ofSeconds(hook.sleep().seconds());
            Duration bounded = wanted.compareTo(limit) > 0 ? limit : wanted;
            return node.deadlines().after(bounded).thenApply(slept -> Result.ok());
        }
        int seconds = (int) Math.max(1, limit.toSeconds());
        ProbeBuilder action = ProbeBuilder.builder().timeoutSeconds(seconds);
        String address = podAddress;
        int port = 0;
        if (hook.exec() != null) {
            action.exec(new ExecAction(hook.exec().command()));
        } else if (hook.httpGet() != null) {
            action.httpGet(hook.httpGet());
            port = Ports.resolve(hook.httpGet().port(), container);
            address = hook.httpGet().host().isEmpty() ? address : hook.httpGet().host();
        } else {
            return CompletableFuture.completedFuture(Result.ok());
        }
        Request request = new Request(Kind.LIVENESS, pod, containerId, address, port, action.build());
        return node.deadlines()
                .within(limit, "the hook", () -> node.prober().probe(request))
                .handle((result, failure) -> failure == null ? result : Result.failed(Deadlines.message(failure)))
                // A hook tells somebody something: whatever the answer is, it has been told.
                .thenApply(result -> hook.httpGet() != null && result.answered() ? Result.ok() : result);
    }
}
