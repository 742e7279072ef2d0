package io.orchestrator.core.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.model.core.LoadBalancerIngress;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.core.ServiceSpecBuilder;
import io.orchestrator.core.control.loadbalancer.LoadBalancerReconciler;
import io.orchestrator.core.network.balance.AddressPool;
import io.orchestrator.testkit.simulation.VirtualTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From a service of type LoadBalancer to an address that is announced and served, in virtual time. */
class LoadBalancerPathTest {
    private ServicePathFixture cluster;

    @BeforeEach
    void start() {
        cluster = new ServicePathFixture(VirtualTime.interleaved(1), 1);
        cluster.run(LoadBalancerReconciler.spec(AddressPool.of("192.0.2.1-192.0.2.2")));
        cluster.settle();
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    private Service balanced(String name) {
        Service made = cluster.client.create(Service.named(name)
                .selects("app", "web")
                .port(80, 8080)
                .loadBalancer()
                .build());
        cluster.settle();
        return made;
    }

    private List<String> announced(String name) {
        return cluster.client.services().get(name).status().loadBalancer().ingress().stream()
                .map(LoadBalancerIngress::ip)
                .toList();
    }

    @Test
    void itsAddressIsAnnouncedAndServed() {
        balanced("web");
        assertThat(announced("web")).containsExactly("192.0.2.1");
        assertThat(cluster.served().addresses()).contains("192.0.2.1");
        assertThat(cluster.events).contains("web EnsuredLoadBalancer: Ensured load balancer");
    }

    @Test
    void oneThatStaysOnTheNodeHasAPortForHealthChecks() {
        balanced("web");
        assertThat(cluster.client.services().get("web").spec().healthCheckNodePort())
                .isZero();
        Service local = policy("Local");
        int port = local.spec().healthCheckNodePort();
        assertThat(port)
                .isBetween(30_000, 32_767)
                .isNotEqualTo(local.spec().ports().get(0).nodePort());
        assertThat(policy("Local").spec().healthCheckNodePort()).isEqualTo(port);
        assertThat(policy("Cluster").spec().healthCheckNodePort()).isZero();
    }

    private Service policy(String policy) {
        return cluster.client
                .services()
                .edit(
                        "web",
                        old -> old.withSpec(ServiceSpecBuilder.builder(old.spec())
                                .externalTrafficPolicy(policy)
                                .build()));
    }

    @Test
    void aServiceOfAnotherTypeGivesItBack() {
        balanced("web");
        cluster.client
                .services()
                .edit(
                        "web",
                        old -> old.withSpec(ServiceSpecBuilder.builder(old.spec())
                                .type("ClusterIP")
                                .build()));
        cluster.settle();
        assertThat(announced("web")).isEmpty();
        assertThat(cluster.client.services().get("web").metadata().finalizers()).isEmpty();
        balanced("next");
        assertThat(announced("next")).containsExactly("192.0.2.1");
    }

    @Test
    void aServiceThatGoesGivesItBack() {
        balanced("web");
        cluster.client.services().delete("web");
        cluster.settle();
        assertThat(cluster.client.services().find("web")).isEmpty();
        balanced("next");
        assertThat(announced("next")).containsExactly("192.0.2.1");
    }

    @Test
    void whenNoneIsLeftTheServiceSaysSoAndGetsTheNextThatIsFree() {
        balanced("one");
        balanced("two");
        balanced("three");
        assertThat(announced("three")).isEmpty();
        assertThat(cluster.events)
                .anyMatch(event -> event.startsWith("three SyncLoadBalancerFailed") && event.contains("no address"));
        cluster.client.services().delete("one");
        cluster.time.advance(Duration.ofMinutes(1));
        assertThat(announced("three")).containsExactly("192.0.2.1");
    }

    @Test
    void aClassOfSomebodyElseIsLeftToThem() {
        cluster.client.create(Service.named("foreign")
                .port(80)
                .loadBalancer()
                .spec(spec -> spec.loadBalancerClass("example.com/real"))
                .build());
        cluster.settle();
        assertThat(announced("foreign")).isEmpty();
        assertThat(cluster.client.services().get("foreign").metadata().finalizers())
                .isEmpty();
    }

    @Test
    void atRestNothingIsWritten() {
        balanced("web");
        String version = cluster.client.services().get("web").metadata().resourceVersion();
        cluster.time.advance(Duration.ofMinutes(10));
        assertThat(cluster.client.services().get("web").metadata().resourceVersion())
                .isEqualTo(version);
    }
}
