package io.orchestrator.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.core.Event;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RolloutSimTest {
    @Test
    void aDeploymentGetsItsPods() throws Exception {
        try (Simulation sim = Simulation.inOrder()) {
            SimulatedComponent controllers = sim.component("controllers", Controllers::new);
            sim.component("kubelet", site -> new KubeletStub(site, Duration.ofSeconds(3)));
            sim.client().create(Deployment.named("web").replicas(3).container("web", "nginx:1").build());
            sim.settle();
            Deployment web = sim.client().deployments().get("web");
            System.out.println(web.status());
            System.out.println(controllers.faults().writesByKind());
            sim.client().resources(Event.TYPE).list().items().forEach(e -> System.out.println(e.involvedObject().kind() + " " + e.reason() + " " + e.message() + " x" + e.count()));
            sim.client().pods().list().items().forEach(p -> System.out.println(p.metadata().name() + " " + p.status().phase()));
            assertThat(web.status().availableReplicas()).isEqualTo(3);
        }
    }
}
