package io.orchestrator.samples.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodDraft;
import io.orchestrator.runtime.docker.DockerRuntime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Containers of the test images. */
final class DockerKit implements PodKit {
    private final DockerRuntime runtime = DockerRuntime.local();

    /** Each is two containers, and two more when it is replaced, which is what takes the time. */
    @Override
    public int crowd() {
        return 4;
    }

    @Override
    public PodDraft server(String name) {
        return Pod.named(name)
                .container(
                        "main",
                        "orchestrator/echo:1",
                        c -> c.port(PORT)
                                .readinessProbe(
                                        probe -> probe.httpGet("/", PORT).every(Duration.ofSeconds(1))))
                .gracePeriod(Duration.ofSeconds(1));
    }

    @Override
    public PodDraft client(String name) {
        return Pod.named(name)
                .container("main", "busybox:1.36", c -> c.command("sh", "-c", "trap 'exit 0' TERM; sleep 1000 & wait"))
                .gracePeriod(Duration.ofSeconds(1));
    }

    @Override
    public List<String> fetch(String url) {
        return List.of("timeout", "10", "wget", "-qO-", url);
    }

    @Override
    public List<String> within(Pod pod) {
        String sandbox = said(
                "docker",
                "ps",
                "-q",
                "--filter",
                "label=io.orchestrator.pod.uid=" + pod.metadata().uid(),
                "--filter",
                "label=io.orchestrator.kind=sandbox");
        return List.of(
                "nsenter", "--net=/proc/" + said("docker", "inspect", "-f", "{{.State.Pid}}", sandbox) + "/ns/net");
    }

    @Override
    public void kill(Pod pod) {
        String id = pod.status().containerStatuses().get(0).containerID().replaceFirst(".*://", "");
        String container = said("docker", "ps", "-q", "--filter", "label=io.orchestrator.id=" + id);
        said("docker", "kill", "--signal", "KILL", container);
    }

    private static String said(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            assertThat(process.waitFor())
                    .as(String.join(" ", command) + ": " + said)
                    .isZero();
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The runtime for the cluster that has these pods. */
    DockerRuntime runtime() {
        return runtime;
    }

    @Override
    public String hostAddress(String clusterId) {
        return runtime.gatewayOf(clusterId);
    }
}
