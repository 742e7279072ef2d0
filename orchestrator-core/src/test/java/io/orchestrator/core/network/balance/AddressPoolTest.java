package io.orchestrator.core.network.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchestrator.api.model.core.LoadBalancerIngressBuilder;
import io.orchestrator.api.model.core.LoadBalancerStatus;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.core.ServiceStatusBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class AddressPoolTest {

    private static Service service(String name) {
        return Service.named(name)
                .loadBalancer()
                .metadata(meta -> meta.uid(name))
                .build();
    }

    private static String given(AddressPool pool, Service service) {
        return pool.ensure(service).get(0).ip();
    }

    @Test
    void eachServiceGetsOneAddressAndKeepsIt() {
        AddressPool pool = AddressPool.of("192.0.2.4/30");
        assertThat(given(pool, service("a"))).isEqualTo("192.0.2.5");
        assertThat(given(pool, service("b"))).isEqualTo("192.0.2.6");
        assertThat(given(pool, service("a"))).isEqualTo("192.0.2.5");
        assertThatThrownBy(() -> pool.ensure(service("c"))).hasMessageContaining("no address is left");
        pool.release(service("a"));
        pool.release(service("a"));
        assertThat(given(pool, service("c"))).isEqualTo("192.0.2.5");
    }

    @Test
    void whatWasGivenBeforeARestartIsNotGivenAgain() {
        AddressPool pool = AddressPool.of("192.0.2.1-192.0.2.9");
        Service old = service("old")
                .withStatus(ServiceStatusBuilder.builder()
                        .loadBalancer(new LoadBalancerStatus(List.of(LoadBalancerIngressBuilder.builder()
                                .ip("192.0.2.1")
                                .build())))
                        .build());
        pool.restore(List.of(old));
        assertThat(given(pool, service("new"))).isEqualTo("192.0.2.2");
        assertThat(given(pool, old)).isEqualTo("192.0.2.1");
    }

    @Test
    void aServiceMayAskForAnAddressThatIsFree() {
        AddressPool pool = AddressPool.of("192.0.2.1-192.0.2.9", "198.51.100.7");
        Service particular = Service.named("p")
                .loadBalancer()
                .metadata(meta -> meta.uid("p"))
                .spec(spec -> spec.loadBalancerIP("198.51.100.7"))
                .build();
        assertThat(given(pool, particular)).isEqualTo("198.51.100.7");
        Service same = Service.named("q")
                .loadBalancer()
                .metadata(meta -> meta.uid("q"))
                .spec(spec -> spec.loadBalancerIP("198.51.100.7"))
                .build();
        assertThatThrownBy(() -> pool.ensure(same)).hasMessageContaining("belongs to another");
        Service outside = Service.named("r")
                .loadBalancer()
                .metadata(meta -> meta.uid("r"))
                .spec(spec -> spec.loadBalancerIP("203.0.113.1"))
                .build();
        assertThatThrownBy(() -> pool.ensure(outside)).hasMessageContaining("not in the pool");
    }

    @Test
    void rangesAreReadOrRefused() {
        assertThat(AddressPool.of("10.0.0.0/24").contains("10.0.0.0")).isFalse();
        assertThat(AddressPool.of("10.0.0.0/24").contains("10.0.0.254")).isTrue();
        assertThat(AddressPool.of("10.0.0.8/32").contains("10.0.0.8")).isTrue();
        assertThat(AddressPool.of("10.0.0.0/24").contains("example.com")).isFalse();
        for (String nonsense : List.of("", "10.0.0", "10.0.0.9-10.0.0.1", "10.0.0.0/33", "10.0.0.0/8", "fd00::/64")) {
            assertThatThrownBy(() -> AddressPool.of(nonsense)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
