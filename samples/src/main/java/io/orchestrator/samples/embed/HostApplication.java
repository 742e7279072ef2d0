package io.orchestrator.samples.embed;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.core.embed.Cluster;
import java.time.Duration;

/** Starts a cluster, runs three copies of a program behind a service, scales them, and takes everything down. */
public final class HostApplication {
    private HostApplication() {}

    public static void main(String[] args) {
        String greet = "trap 'exit 0' TERM; while true; do echo hello from $HOSTNAME at $POD_IP; sleep 1; done";
        try (Cluster cluster = Cluster.builder().nodes(3).start()) {
            Client client = cluster.client();

            client.apply(Deployment.named("greeter")
                    .replicas(3)
                    .container("main", "busybox:1.36", c -> c.command("sh", "-c", greet))
                    .build());
            client.apply(
                    Service.named("greeter").selects("app", "greeter").port(80).build());
            client.deployments().awaitAvailable("greeter", Duration.ofSeconds(30));

            client.deployments().scale("greeter", 5);
            client.deployments().awaitAvailable("greeter", Duration.ofSeconds(30));
            client.pods()
                    .list()
                    .items()
                    .forEach(pod -> System.out.println(pod.metadata().name() + " on "
                            + pod.spec().nodeName() + " at " + pod.status().podIP()));
        }
    }
}
