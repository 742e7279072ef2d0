package io.orchestrator.samples.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.testkit.junit.RequiresDocker;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The demo on Docker. */
@RequiresDocker
class DockerWebIT extends WebContract {

    @Override
    String runtime() {
        return "docker";
    }

    @Override
    void killContainerOf(String pod) throws Exception {
        docker(
                "kill",
                docker(
                                "ps",
                                "-q",
                                "--filter",
                                "label=io.orchestrator.kind=container",
                                "--filter",
                                "label=io.orchestrator.pod.name=" + pod)
                        .strip());
    }

    @Override
    Set<String> present() throws Exception {
        Set<String> present = new HashSet<>();
        docker("ps", "-aq", "--filter", "label=io.orchestrator.cluster").lines().forEach(present::add);
        docker("network", "ls", "-q", "--filter", "label=io.orchestrator.cluster")
                .lines()
                .forEach(present::add);
        return present;
    }

    private static String docker(String... args) throws Exception {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(args));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
