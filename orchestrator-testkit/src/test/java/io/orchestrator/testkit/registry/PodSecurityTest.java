package io.orchestrator.testkit.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.core.Capabilities;
import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.ContainerBuilder;
import io.orchestrator.api.model.core.HostPathVolumeSource;
import io.orchestrator.api.model.core.Namespace;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodSecurityContextBuilder;
import io.orchestrator.api.model.core.PodSpecBuilder;
import io.orchestrator.api.model.core.SeccompProfile;
import io.orchestrator.api.model.core.SecurityContext;
import io.orchestrator.api.model.core.SecurityContextBuilder;
import io.orchestrator.api.model.core.VolumeBuilder;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How much pods may ask for in a namespace that says so. */
class PodSecurityTest {
    private final RegistryFixture cluster = new RegistryFixture();

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void aPlainPodIsTooFreeForARestrictedNamespaceAndHearsOfEveryRule() {
        label("enforce", "restricted");

        assertThatThrownBy(() -> cluster.client.create(pod(SecurityContext.EMPTY)))
                .hasMessage("pods \"web\" is forbidden: violates PodSecurity \"restricted:latest\":"
                        + " allowPrivilegeEscalation != false (container \"web\" must set"
                        + " securityContext.allowPrivilegeEscalation=false), unrestricted capabilities"
                        + " (container \"web\" must set securityContext.capabilities.drop=[\"ALL\"]),"
                        + " runAsNonRoot != true (pod or container \"web\" must set"
                        + " securityContext.runAsNonRoot=true), seccompProfile (pod or container \"web\" must"
                        + " set securityContext.seccompProfile.type to \"RuntimeDefault\" or \"Localhost\")")
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.reason()).isEqualTo(Reason.FORBIDDEN));
    }

    @Test
    void aPodThatGivesUpWhatItDoesNotNeedIsRestricted() {
        label("enforce", "restricted");
        SecurityContext modest = SecurityContextBuilder.builder()
                .allowPrivilegeEscalation(false)
                .capabilities(new Capabilities(List.of("NET_BIND_SERVICE"), List.of("ALL")))
                .build();
        Pod pod = pod(modest);

        assertThat(cluster.client.create(pod.withSpec(PodSpecBuilder.builder(pod.spec())
                        .securityContext(PodSecurityContextBuilder.builder()
                                .runAsNonRoot(true)
                                .seccompProfile(new SeccompProfile("RuntimeDefault", null))
                                .build())
                        .build())))
                .isNotNull();
    }

    @Test
    void theBaselineLetsPlainPodsPassAndRefusesThoseThatWantTheNode() {
        label("enforce", "baseline");
        Pod wanting = pod(SecurityContextBuilder.builder()
                .privileged(true)
                .capabilities(new Capabilities(List.of("SYS_ADMIN"), List.of()))
                .build());
        Pod pod = wanting.withSpec(PodSpecBuilder.builder(wanting.spec())
                .hostNetwork(true)
                .volumes(List.of(VolumeBuilder.builder()
                        .name("root")
                        .hostPath(new HostPathVolumeSource("/", null))
                        .build()))
                .build());

        assertThatThrownBy(() -> cluster.client.create(pod))
                .hasMessage("pods \"web\" is forbidden: violates PodSecurity \"baseline:latest\": host namespaces"
                        + " (hostNetwork=true), privileged (container \"web\" must not set"
                        + " securityContext.privileged=true), non-default capabilities (container \"web\" must"
                        + " not include \"SYS_ADMIN\" in securityContext.capabilities.add), hostPath volumes"
                        + " (volume \"root\")");
        assertThat(cluster.client.create(pod(SecurityContext.EMPTY))).isNotNull();
    }

    @Test
    void templatesAreWarnedOfAndNotRefused() {
        label("warn", "restricted");
        cluster.client.create(
                Deployment.named("web").replicas(1).container("web", "image").build());

        assertThat(cluster.warnings)
                .singleElement()
                .asString()
                .startsWith("would violate PodSecurity \"restricted:latest\": allowPrivilegeEscalation != false");
    }

    @Test
    void aLevelThatIsNoneIsRefused() {
        assertThatThrownBy(() -> label("enforce", "strict"))
                .hasMessageContaining("must be one of privileged, baseline, restricted")
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.reason()).isEqualTo(Reason.INVALID));
    }

    private void label(String mode, String level) {
        cluster.client
                .namespaces()
                .edit(
                        "default",
                        (Namespace namespace) -> namespace.withMetadata(
                                namespace.metadata().withLabel("pod-security.kubernetes.io/" + mode, level)));
    }

    private static Pod pod(SecurityContext security) {
        Pod pod = Pod.named("web").container("web", "image").build();
        Container container = ContainerBuilder.builder(pod.spec().containers().get(0))
                .securityContext(security)
                .build();
        return pod.withSpec(PodSpecBuilder.builder(pod.spec())
                .containers(List.of(container))
                .build());
    }
}
