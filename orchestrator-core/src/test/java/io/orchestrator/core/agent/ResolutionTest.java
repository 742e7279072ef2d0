package io.orchestrator.core.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.core.ServiceBuilder;
import io.orchestrator.api.model.core.ServicePortBuilder;
import io.orchestrator.api.model.core.ServiceSpecBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Variables as Kubernetes expands and names them. */
class ResolutionTest {

    @ParameterizedTest
    @CsvSource({
        "$(A), one",
        "x$(A)y$(B)z, xoneytwoz",
        "$$(A), $(A)",
        "$$$(A), $one",
        "$(MISSING), $(MISSING)",
        "$(A, $(A",
        "$A, $A",
        "cost: 5$, cost: 5$",
        "$$$$, $$",
    })
    void referencesAreExpanded(String text, String expected) {
        assertThat(Expansion.of(text, Map.of("A", "one", "B", "two"))).isEqualTo(expected);
    }

    @Test
    void aPathIsNotMadeOfVariablesWithoutAValue() {
        assertThat(Expansion.ofPath("logs/$(A)", Map.of("A", "one"))).isEqualTo("logs/one");
        assertThatExceptionOfType(ConfigFailure.class)
                .isThrownBy(() -> Expansion.ofPath("$(A)/$(B)/$(C)", Map.of("A", "one", "B", "")))
                .withMessage("missing value for B, C");
    }

    @Test
    void servicesAreNamedAsDockerLinksWere() {
        Map<String, String> variables =
                ServiceVariables.of(List.of(service("shop", "redis-master", "10.0.0.11")), "shop", true);

        assertThat(variables)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "REDIS_MASTER_SERVICE_HOST", "10.0.0.11",
                        "REDIS_MASTER_SERVICE_PORT", "6379",
                        "REDIS_MASTER_SERVICE_PORT_MAIN", "6379",
                        "REDIS_MASTER_PORT", "tcp://10.0.0.11:6379",
                        "REDIS_MASTER_PORT_6379_TCP", "tcp://10.0.0.11:6379",
                        "REDIS_MASTER_PORT_6379_TCP_PROTO", "tcp",
                        "REDIS_MASTER_PORT_6379_TCP_PORT", "6379",
                        "REDIS_MASTER_PORT_6379_TCP_ADDR", "10.0.0.11"));
    }

    @Test
    void onlyTheNamespacesOwnServicesAndTheApiAreNamed() {
        List<Service> services = List.of(
                service("shop", "redis", "10.0.0.11"),
                service("other", "mail", "10.0.0.12"),
                service("default", "kubernetes", "10.0.0.1"),
                service("shop", "headless", "None"));

        assertThat(ServiceVariables.of(services, "shop", true))
                .containsKeys("REDIS_SERVICE_HOST", "KUBERNETES_SERVICE_HOST")
                .doesNotContainKeys("MAIL_SERVICE_HOST", "HEADLESS_SERVICE_HOST");
        assertThat(ServiceVariables.of(services, "shop", false))
                .containsKey("KUBERNETES_SERVICE_HOST")
                .doesNotContainKey("REDIS_SERVICE_HOST");
    }

    private static Service service(String namespace, String name, String ip) {
        return ServiceBuilder.builder()
                .metadata(ObjectMeta.named(namespace, name))
                .spec(ServiceSpecBuilder.builder()
                        .clusterIP(ip)
                        .ports(List.of(ServicePortBuilder.builder()
                                .name("main")
                                .protocol("TCP")
                                .port(6379)
                                .build()))
                        .build())
                .build();
    }
}
