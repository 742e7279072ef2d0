package io.orchestrator.samples.cluster;

import io.orchestrator.core.embed.ClusterBuilder;
import io.orchestrator.runtime.docker.DockerRuntime;
import io.orchestrator.spi.runtime.RuntimeFailure;
import io.orchestrator.spi.runtime.RuntimeProvider;
import java.util.Optional;

/**
 * The {@code --runtime} option.
 *
 * @param provider empty for processes of this machine, which the cluster runs itself
 */
record RuntimeChoice(Optional<RuntimeProvider> provider, String description) {

    static RuntimeChoice of(String option) {
        return switch (option) {
            case "docker" -> docker();
            case "process" -> processes("host processes");
            case "auto" -> auto();
            default -> throw new IllegalArgumentException("--runtime is auto, docker or process, not " + option);
        };
    }

    private static RuntimeChoice docker() {
        return new RuntimeChoice(Optional.of(DockerRuntime.local()), "docker");
    }

    private static RuntimeChoice auto() {
        try {
            return docker();
        } catch (RuntimeFailure e) {
            return processes("host processes, since no Docker answers (" + e.getMessage() + ")");
        }
    }

    private static RuntimeChoice processes(String description) {
        return new RuntimeChoice(Optional.empty(), description);
    }

    ClusterBuilder applyTo(ClusterBuilder builder) {
        provider.ifPresent(builder::runtime);
        return provider.isPresent() ? builder : builder.processes(DemoPrograms::addTo);
    }
}
