package io.orchestrator.core.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodDNSConfig;
import io.orchestrator.api.model.core.PodDNSConfigOption;
import io.orchestrator.api.model.core.PodSpecBuilder;
import io.orchestrator.spi.runtime.SandboxSpec.DnsSetup;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PodDnsTest {
    private static final DnsSetup CLUSTER = new DnsSetup(List.of("10.96.0.10"), List.of("corp.example"), List.of());

    private static PodDns.Setup of(UnaryOperator<PodSpecBuilder> spec) {
        Pod pod = Pod.named("p")
                .namespace("shop")
                .container("c", "i", c -> c)
                .podSpec(spec)
                .build();
        return PodDns.of(pod, CLUSTER, "cluster.local");
    }

    @Test
    void aPodAsksTheClusterFirst() {
        DnsSetup dns = of(spec -> spec).dns();
        assertThat(dns.servers()).containsExactly("10.96.0.10");
        assertThat(dns.searches())
                .containsExactly("shop.svc.cluster.local", "svc.cluster.local", "cluster.local", "corp.example");
        assertThat(dns.options()).containsExactly("ndots:5");
    }

    @Test
    void aPodOnTheNodesNetworkAsksTheClusterOnlyWhenItInsists() {
        assertThat(of(spec -> spec.hostNetwork(true).dnsPolicy("ClusterFirst")).dns())
                .isEqualTo(DnsSetup.engineDefault());
        assertThat(of(spec -> spec.hostNetwork(true).dnsPolicy("ClusterFirstWithHostNet"))
                        .dns()
                        .servers())
                .containsExactly("10.96.0.10");
    }

    @Test
    void theDefaultPolicyIsTheNodesOwn() {
        assertThat(of(spec -> spec.dnsPolicy("Default")).dns()).isEqualTo(DnsSetup.engineDefault());
    }

    @Test
    void withThePolicyNoneOnlyWhatThePodSaysCounts() {
        DnsSetup dns = of(spec -> spec.dnsPolicy("None")
                        .dnsConfig(new PodDNSConfig(
                                List.of("192.0.2.1"),
                                List.of("my.example."),
                                List.of(new PodDNSConfigOption("edns0", null)))))
                .dns();
        assertThat(dns).isEqualTo(new DnsSetup(List.of("192.0.2.1"), List.of("my.example"), List.of("edns0")));
    }

    @Test
    void whatThePodSaysIsAddedAndItsOptionsCount() {
        DnsSetup dns = of(spec -> spec.dnsConfig(new PodDNSConfig(
                        List.of("192.0.2.1", "10.96.0.10"),
                        List.of("cluster.local", "my.example"),
                        List.of(new PodDNSConfigOption("ndots", "2")))))
                .dns();
        assertThat(dns.servers()).containsExactly("10.96.0.10", "192.0.2.1");
        assertThat(dns.searches()).endsWith("corp.example", "my.example").doesNotHaveDuplicates();
        assertThat(dns.options()).containsExactly("ndots:2");
    }

    @Test
    void whatResolversDoNotReadIsLeftOutAndToldOf() {
        PodDns.Setup setup = of(spec -> spec.dnsConfig(new PodDNSConfig(
                List.of("192.0.2.1", "192.0.2.2", "192.0.2.3"),
                IntStream.range(0, 40).mapToObj(i -> "s" + i + ".example").toList(),
                List.of())));
        assertThat(setup.dns().servers()).containsExactly("10.96.0.10", "192.0.2.1", "192.0.2.2");
        assertThat(setup.dns().searches()).hasSize(32);
        assertThat(setup.complaints()).hasSize(2);
    }
}
