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
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What runs the pods, and the network that suits it. */
record PodEngine(RuntimeProvider provider, ServiceNetwork network) {
    private static final long ANSWER_SECONDS = 30;

    /**
     * Takes the runtime that was given, or makes one of processes.
     *
     * @param knownService a service address from before a restart, or empty
     * @throws RuntimeFailure when the runtime does not answer
     */
    static PodEngine open(
            ClusterBuilder builder, Environment environment, Path directory, String knownService, Teardown teardown) {
        if (builder.isolatedPods && builder.runtime == null) {
            if (!builder.nodes.isEmpty()) {
                throw new IllegalArgumentException("pods of this process have no networks of their own");
            }
            return new PodEngine(
                    new Elsewhere(),
                    teardown.add("service network", ServiceNetwork.forIsolatedPods(environment, knownService)));
        }
        return open(builder.runtime, builder.processes, environment, directory, knownService, teardown);
    }

    /** Of a cluster that runs no pods itself. */
    private static final class Elsewhere implements RuntimeProvider {
        @Override
        public ContainerRuntime forNode(RuntimeOwner owner) {
            throw new IllegalStateException("no pods are run here");
        }

        @Override
        public void close() {}
    }

    /**
     * The same.
     *
     * @param given the runtime; null for one of processes
     * @param settings of the latter
     */
    static PodEngine open(
            @Nullable Function<Environment, RuntimeProvider> given,
            UnaryOperator<ProcessRuntime.Builder> settings,
            Environment environment,
            Path directory,
            String knownService,
            Teardown teardown) {
        if (given == null) {
            ServiceNetwork network =
                    teardown.add("service network", ServiceNetwork.onLoopback(environment, knownService));
            LoopbackAddresses addresses =
                    LoopbackAddresses.within(network.podRange().orElseThrow());
            ProcessRuntime.Builder processes =
                    ProcessRuntime.builder(environment, directory.resolve("pods"), addresses);
            return new PodEngine(
                    teardown.add("runtime", settings.apply(processes).build()), network);
        }
        RuntimeProvider provider = teardown.add("runtime", given.apply(environment));
        boolean isolated = infoOf(provider).abilities().contains(Ability.NETWORK_NAMESPACE);
        ServiceNetwork network = isolated
                ? ServiceNetwork.forIsolatedPods(environment, knownService)
                : ServiceNetwork.onLoopback(environment, knownService);
        return new PodEngine(provider, teardown.add("service network", network));
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
