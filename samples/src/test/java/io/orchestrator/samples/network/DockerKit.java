package io.orchestrator.samples.network;

import io.orchestrator.api.model.core.ExecAction;
import io.orchestrator.api.model.core.LifecycleBuilder;
import io.orchestrator.api.model.core.LifecycleHandlerBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodDraft;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

/** Containers of the test images. */
final class DockerKit implements PodKit {

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
    public Pod lasting(Pod server) {
        return server.withSpec(server.spec().with(spec -> spec.containers(server.spec().containers().stream()
                .map(container -> container.with(change -> change.lifecycle(LifecycleBuilder.builder()
                        .preStop(LifecycleHandlerBuilder.builder()
                                .exec(new ExecAction(List.of("sleep", "2")))
                                .build())
                        .build())))
                .toList())));
    }

    @Override
    public PodDraft client(String name) {
        return Pod.named(name)
                .container("main", "busybox:1.36", c -> c.command("sh", "-c", "trap 'exit 0' TERM; sleep 1000 & wait"))
                .gracePeriod(Duration.ofSeconds(1));
    }

    @Override
    public List<String> fetch(String url) {
        return List.of("wget", "-qO-", "-T", "10", url);
    }

    /** One that leads here from the cluster's bridge as well: that of Docker's own. */
    @Override
    public String hostAddress() {
        try {
            return Collections.list(NetworkInterface.getByName("docker0").getInetAddresses()).stream()
                    .filter(Inet4Address.class::isInstance)
                    .map(InetAddress::getHostAddress)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
