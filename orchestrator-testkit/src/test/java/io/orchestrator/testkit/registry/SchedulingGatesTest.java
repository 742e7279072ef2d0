package io.orchestrator.testkit.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.model.core.BindingBuilder;
import io.orchestrator.api.model.core.ObjectReferenceBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodCondition;
import io.orchestrator.api.model.core.PodSchedulingGate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A pod with scheduling gates says that it waits for them, and nobody binds it before they are gone. */
class SchedulingGatesTest {
    private final RegistryFixture cluster = new RegistryFixture();
    private final Client client = cluster.client;

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void aPodBehindAGateSaysSoAndIsBoundOnlyOnceItIsOpen() {
        Pod pod = Pod.named("web").container("web", "nginx:1").build();
        client.create(pod.withSpec(pod.spec().withSchedulingGates(List.of(new PodSchedulingGate("acme.com/wait")))));
        assertThat(conditions())
                .containsExactly("PodScheduled=False SchedulingGated: Scheduling is blocked due to non-empty scheduling"
                        + " gates");
        assertThatThrownBy(this::bind)
                .isInstanceOfSatisfying(
                        ApiException.class,
                        refused -> assertThat(refused.isConflict()).isTrue())
                .hasMessageContaining("pod web has non-empty .spec.schedulingGates");
        client.pods().edit("web", gated -> gated.withSpec(gated.spec().withSchedulingGates(List.of())));
        bind();
        assertThat(conditions()).containsExactly("PodScheduled=True : ");
    }

    @Test
    void otherPodsSayNothing() {
        client.create(Pod.named("web").container("web", "nginx:1").build());
        assertThat(conditions()).isEmpty();
    }

    private void bind() {
        client.pods()
                .createSubresource(
                        "web",
                        "binding",
                        BindingBuilder.builder()
                                .metadata(ObjectMetaBuilder.builder()
                                        .namespace("default")
                                        .name("web")
                                        .build())
                                .target(ObjectReferenceBuilder.builder()
                                        .kind("Node")
                                        .name("node-1")
                                        .build())
                                .build());
    }

    private List<String> conditions() {
        return client.pods().get("web").status().conditions().stream()
                .map(SchedulingGatesTest::text)
                .toList();
    }

    private static String text(PodCondition condition) {
        return condition.type() + "=" + condition.status() + " " + condition.reason() + ": " + condition.message();
    }
}
