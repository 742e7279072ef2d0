package io.orchestrator.core.embed;

import io.orchestrator.core.env.Environment;
import io.orchestrator.core.runtime.LoopbackAddresses;
import io.orchestrator.core.runtime.ProcessRuntime;
import io.orchestrator.spi.runtime.ContainerRuntime;
import io.orchestrator.spi.runtime.RuntimeFailure;
import io.orchestrator.spi.runtime.RuntimeInfo;
import io.orchestrator.spi.runtime.RuntimeInfo.Ability;
import io.orchestrator.spi.runtime.RuntimeOwner;
import io.orchestrator.spi.runtime.RuntimeProvider;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What runs the pods, and what it can do.
 *
 * @param isolated whether pods have a network of their own, so that services need addresses which it can reach
 */
record PodEngine(RuntimeProvider provider, RuntimeInfo info, boolean isolated) {
    private static final long ANSWER_SECONDS = 30;

    /** @throws RuntimeFailure when the engine does not answer */
    static PodEngine open(ClusterBuilder builder, Environment environment, Path directory, Teardown teardown) {
        RuntimeProvider given = builder.runtime;
        RuntimeProvider provider = teardown.add(
                "runtime",
                given != null
                        ? given
                        : builder.processes
                                .apply(ProcessRuntime.builder(
                                        environment,
                                        directory.resolve("pods"),
                                        new LoopbackAddresses(
                                                environment.random().nextInt())))
                                .build());
        RuntimeInfo info = infoOf(provider);
        return new PodEngine(provider, info, info.abilities().contains(Ability.NETWORK_NAMESPACE));
    }

    private static RuntimeInfo infoOf(RuntimeProvider provider) {
        try (ContainerRuntime view = provider.forNode(new RuntimeOwner("probe", "probe"))) {
            return view.info().toCompletableFuture().get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeFailure failure) {
                throw failure;
            }
            throw new RuntimeFailure(RuntimeFailure.Kind.UNAVAILABLE, "the runtime does not say what it is", e);
        } catch (TimeoutException e) {
            throw new RuntimeFailure(RuntimeFailure.Kind.UNAVAILABLE, "the runtime does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RuntimeFailure(RuntimeFailure.Kind.UNAVAILABLE, "interrupted", e);
        }
    }
}
