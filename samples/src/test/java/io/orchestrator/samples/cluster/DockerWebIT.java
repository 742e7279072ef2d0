package io.orchestrator.samples.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.testkit.junit.RequiresDocker;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The demo on Docker. */
@RequiresDocker
class DockerWebIT extends WebScenario {

    @Override
    String runtime() {
        return "docker";
    }

    @Override
    void killOne() throws Exception {
        String container = docker(
                        "ps", "-q", "--filter", "label=io.orchestrator.kind=container", "--filter",
                        "label=io.orchestrator.container=web")
                .lines()
                .findFirst()
                .orElseThrow();
        docker("kill", container);
    }

    @Override
    void assertNothingLeft() throws Exception {
        assertThat(docker("ps", "-aq", "--filter", "label=io.orchestrator.container=web")).isEmpty();
        assertThat(docker("network", "ls", "-q", "--filter", "label=io.orchestrator.cluster")).isEmpty();
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
