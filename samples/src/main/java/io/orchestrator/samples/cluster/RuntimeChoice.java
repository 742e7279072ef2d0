package io.orchestrator.samples.cluster;

import io.orchestrator.core.embed.ClusterBuilder;
import io.orchestrator.core.embed.JoinedNodeBuilder;
import io.orchestrator.core.env.Environment;
import io.orchestrator.runtime.docker.DockerRuntime;
import io.orchestrator.spi.runtime.RuntimeFailure;
import io.orchestrator.spi.runtime.RuntimeProvider;
import io.orchestrator.testkit.runtime.SimulatedRuntime;
import java.util.Optional;
import java.util.function.Function;

/**
 * The {@code --runtime} option.
 *
 * @param provider empty for processes of this machine, which the cluster runs itself
 */
record RuntimeChoice(Optional<Function<Environment, RuntimeProvider>> provider, String description) {

    static RuntimeChoice of(String option) {
        return switch (option) {
            case "docker" -> docker();
            case "process" -> processes("host processes");
            case "simulated" ->
                new RuntimeChoice(
                        Optional.of(environment -> new SimulatedRuntime(environment).withAllImages()), "simulated");
            case "auto" -> auto();
            default ->
                throw new IllegalArgumentException("--runtime is auto, docker, process or simulated, not " + option);
        };
    }

    /** The same, with pods in this subnet, which only Docker can do. @param subnet empty for none in particular */
    static RuntimeChoice of(String option, String subnet) {
        if (subnet.isEmpty()) {
            return of(option);
        }
        if (!option.equals("docker") && !option.equals("auto")) {
            throw new IllegalArgumentException("--pod-cidr needs Docker, not --runtime " + option);
        }
        return docker(DockerRuntime.local().podSubnet(subnet));
    }

    private static RuntimeChoice docker() {
        return docker(DockerRuntime.local());
    }

    private static RuntimeChoice docker(RuntimeProvider engine) {
        return new RuntimeChoice(Optional.of(environment -> engine), "docker");
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

    JoinedNodeBuilder applyTo(JoinedNodeBuilder builder) {
        provider.ifPresent(builder::runtime);
        return provider.isPresent() ? builder : builder.processes(DemoPrograms::addTo);
    }

    ClusterBuilder applyTo(ClusterBuilder builder) {
        provider.ifPresent(builder::runtime);
        return provider.isPresent() ? builder : builder.processes(DemoPrograms::addTo);
    }
}
