package io.orchestrator.samples.scheduler;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.embed.Cluster;
import io.orchestrator.core.schedule.Explanation;
import java.time.Duration;
import java.util.Map;

/** Runs the workloads of two tenants on two nodes, one for each, and asks the scheduler why. */
public final class TenantApplication {
    private TenantApplication() {}

    public static void main(String[] args) {
        try (Cluster cluster = Cluster.builder()
                .nodes(2)
                .schedulerPlugin(new TenantIsolation(), 10)
                .start()) {
            cluster.awaitNodes(Duration.ofSeconds(30));
            Client client = cluster.client();
            for (String tenant : new String[] {"red", "blue"}) {
                client.apply(Deployment.named(tenant)
                        .replicas(2)
                        .labels(Map.of("tenant", tenant))
                        .container("main", "busybox:1.36", c -> c.command("sleep", "1000"))
                        .build());
                client.deployments().awaitAvailable(tenant, Duration.ofSeconds(30));
            }
            for (Pod pod : client.pods().list().items()) {
                cluster.scheduler()
                        .explain(ObjectKey.of(pod))
                        .thenAccept(found -> found.ifPresent(TenantApplication::tell))
                        .toCompletableFuture()
                        .join();
            }
        }
    }

    private static void tell(Explanation why) {
        System.out.println(why.message());
        for (Explanation.OnNode node : why.nodes()) {
            System.out.println("  " + node.node() + ": " + (node.fits() ? node.scores() : node.reasons()));
        }
    }
}
