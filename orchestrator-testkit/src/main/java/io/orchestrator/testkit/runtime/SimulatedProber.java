package io.orchestrator.testkit.runtime;

import io.orchestrator.core.agent.Prober;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Answers the agent's probes from the behaviour of a simulated container. @see Behaviour#readyAfter @see Behaviour#healthyFor */
public final class SimulatedProber implements Prober {
    private final SimulatedRuntime engine;

    public SimulatedProber(SimulatedRuntime engine) {
        this.engine = engine;
    }

    @Override
    public CompletionStage<Result> probe(Request request) {
        boolean answers = request.kind() == Kind.LIVENESS
                ? engine.answersLiveness(request.containerId())
                : engine.answersReadiness(request.containerId());
        return CompletableFuture.completedFuture(
                answers ? Result.ok() : Result.failed("the simulated container does not answer"));
    }
}
