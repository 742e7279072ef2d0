package io.orchestrator.core.network.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.meta.IntOrString;
import io.orchestrator.api.meta.LabelSelector;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.model.networking.IPBlock;
import io.orchestrator.api.model.networking.NetworkPolicy;
import io.orchestrator.api.model.networking.NetworkPolicyBuilder;
import io.orchestrator.api.model.networking.NetworkPolicyEgressRule;
import io.orchestrator.api.model.networking.NetworkPolicyIngressRule;
import io.orchestrator.api.model.networking.NetworkPolicyPeer;
import io.orchestrator.api.model.networking.NetworkPolicyPort;
import io.orchestrator.api.model.networking.NetworkPolicySpecBuilder;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class PolicyCompilerTest {
    private static final Party WEB = new Party("default", Map.of("app", "web"), "10.0.0.1", Map.of("TCP/http", 8080));
    private static final Party OLD = new Party("default", Map.of("app", "web"), "10.0.0.2", Map.of("TCP/http", 8000));
    private static final Party ASKS = new Party("default", Map.of("app", "asks"), "10.0.0.3", Map.of());
    private static final Party GUEST = new Party("other", Map.of("app", "asks"), "10.0.0.4", Map.of());
    private static final String OUTSIDE = "192.0.2.7";

    private static NetworkPolicy policy(String name, LabelSelector pods, Consumer<NetworkPolicySpecBuilder> spec) {
        NetworkPolicySpecBuilder builder = NetworkPolicySpecBuilder.builder().podSelector(pods);
        spec.accept(builder);
        return NetworkPolicyBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .name(name)
                        .namespace("default")
                        .build())
                .spec(builder.build())
                .build();
    }

    private static NetworkPolicy ingress(LabelSelector pods, NetworkPolicyIngressRule... rules) {
        return policy("in", pods, spec -> spec.policyTypes(List.of("Ingress")).ingress(List.of(rules)));
    }

    private static NetworkPolicy egress(LabelSelector pods, NetworkPolicyEgressRule... rules) {
        return policy("out", pods, spec -> spec.policyTypes(List.of("Egress")).egress(List.of(rules)));
    }

    private static PolicyTable compiled(NetworkPolicy... policies) {
        return new PolicyCompiler(
                        List.of(policies),
                        List.of(WEB, OLD, ASKS, GUEST),
                        List.of(),
                        Map.of("default", Map.of(), "other", Map.of("team", "b")))
                .compile();
    }

    private static LabelSelector app(String name) {
        return LabelSelector.of(Map.of("app", name));
    }

    private static NetworkPolicyPort tcp(IntOrString port) {
        return new NetworkPolicyPort("TCP", port, null);
    }

    private static boolean gets(PolicyTable table, Party from, Party to, int port) {
        return table.mayReceive(from.address(), to.address(), "TCP", port);
    }

    @Test
    void whoIsNotChosenIsNotRestricted() {
        PolicyTable table = compiled(ingress(app("asks")));
        assertThat(gets(table, ASKS, WEB, 80)).isTrue();
        assertThat(gets(table, WEB, ASKS, 80)).isFalse();
        assertThat(gets(table, WEB, GUEST, 80)).as("another namespace").isTrue();
        assertThat(table.maySend(ASKS.address(), WEB.address(), "TCP", 80))
                .as("the other direction")
                .isTrue();
    }

    @Test
    void aPodReachesItself() {
        PolicyTable table = compiled(ingress(LabelSelector.EMPTY), egress(LabelSelector.EMPTY));
        assertThat(gets(table, WEB, WEB, 80)).isTrue();
        assertThat(table.maySend(WEB.address(), WEB.address(), "TCP", 80)).isTrue();
    }

    @Test
    void policiesAddUp() {
        NetworkPolicy one = ingress(
                app("web"),
                new NetworkPolicyIngressRule(List.of(), List.of(new NetworkPolicyPeer(app("asks"), null, null))));
        NetworkPolicy two = policy(
                "two",
                LabelSelector.EMPTY,
                spec -> spec.policyTypes(List.of("Ingress"))
                        .ingress(List.of(new NetworkPolicyIngressRule(
                                List.of(tcp(IntOrString.of(9090))),
                                List.of(new NetworkPolicyPeer(null, LabelSelector.EMPTY, null))))));
        PolicyTable table = compiled(one, two);
        assertThat(gets(table, ASKS, WEB, 80)).isTrue();
        assertThat(gets(table, GUEST, WEB, 80)).isFalse();
        assertThat(gets(table, GUEST, WEB, 9090)).isTrue();
    }

    @Test
    void aNamedPortIsThatOfTheReceiver() {
        NetworkPolicyPort http = tcp(IntOrString.of("http"));
        PolicyTable in = compiled(ingress(app("web"), new NetworkPolicyIngressRule(List.of(http), List.of())));
        assertThat(gets(in, ASKS, WEB, 8080)).isTrue();
        assertThat(gets(in, ASKS, WEB, 8000)).isFalse();
        assertThat(gets(in, ASKS, OLD, 8000)).isTrue();
        PolicyTable out = compiled(egress(app("asks"), new NetworkPolicyEgressRule(List.of(http), List.of())));
        assertThat(out.maySend(ASKS.address(), WEB.address(), "TCP", 8080)).isTrue();
        assertThat(out.maySend(ASKS.address(), OLD.address(), "TCP", 8080)).isFalse();
        assertThat(out.maySend(ASKS.address(), OLD.address(), "TCP", 8000)).isTrue();
        assertThat(out.maySend(ASKS.address(), OUTSIDE, "TCP", 8080)).isFalse();
    }

    @Test
    void aNamedPortThatNobodyHasAllowsNothing() {
        PolicyTable table = compiled(
                ingress(app("asks"), new NetworkPolicyIngressRule(List.of(tcp(IntOrString.of("http"))), List.of())));
        assertThat(gets(table, WEB, ASKS, 8080)).isFalse();
    }

    @Test
    void rangesOfAddressesHaveExceptionsAndRangesOfPortsAnEnd() {
        PolicyTable table = compiled(egress(
                app("web"),
                new NetworkPolicyEgressRule(
                        List.of(new NetworkPolicyPort("UDP", IntOrString.of(1000), 2000)),
                        List.of(new NetworkPolicyPeer(
                                null, null, new IPBlock("192.0.2.0/24", List.of("192.0.2.128/25")))))));
        assertThat(table.maySend(WEB.address(), OUTSIDE, "UDP", 2000)).isTrue();
        assertThat(table.maySend(WEB.address(), OUTSIDE, "UDP", 2001)).isFalse();
        assertThat(table.maySend(WEB.address(), OUTSIDE, "TCP", 1500)).isFalse();
        assertThat(table.maySend(WEB.address(), "192.0.2.200", "UDP", 1500)).isFalse();
    }

    @Test
    void whatIsChosenByLabelsOfANamespaceIsItsPods() {
        PolicyTable table = compiled(ingress(
                app("web"),
                new NetworkPolicyIngressRule(
                        List.of(), List.of(new NetworkPolicyPeer(null, LabelSelector.of(Map.of("team", "b")), null)))));
        assertThat(gets(table, GUEST, WEB, 80)).isTrue();
        assertThat(gets(table, ASKS, WEB, 80)).isFalse();
    }
}
