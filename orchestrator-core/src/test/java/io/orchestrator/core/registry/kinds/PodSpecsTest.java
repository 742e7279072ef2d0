package io.orchestrator.core.registry.kinds;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodSpec;
import io.orchestrator.api.model.core.PodSpecBuilder;
import io.orchestrator.core.registry.defaults.PodDefaults;
import io.orchestrator.core.registry.validation.Violations;
import java.util.List;
import org.junit.jupiter.api.Test;

class PodSpecsTest {
    private final PodSpecs specs = new PodSpecs();
    private final PodSpec template =
            Pod.named("web").container("web", "shop:1").build().spec();

    @Test
    void podsOfOneSpecAreCompletedToOne() {
        specs.completed(pod(template));
        PodSpec second = specs.completed(pod(template)).spec();
        assertThat(specs.completed(pod(template)).spec())
                .isSameAs(second)
                .isEqualTo(PodDefaults.of(pod(template)).spec());
    }

    @Test
    void aCompleteSpecStaysAsItIs() {
        PodSpec complete = PodDefaults.of(template);
        for (int i = 0; i < 3; i++) {
            assertThat(specs.completed(pod(complete)).spec()).isSameAs(complete);
        }
    }

    @Test
    void whatAdmissionMadeOfASpecIsSharedWhereItIsTheSame() {
        specs.admitted(pod(template), pod(template.withPriority(1)));
        PodSpec second =
                specs.admitted(pod(template), pod(template.withPriority(1))).spec();
        assertThat(specs.admitted(pod(template), pod(template.withPriority(1))).spec())
                .isSameAs(second);
        assertThat(specs.admitted(pod(template), pod(template.withPriority(2)))
                        .spec()
                        .priority())
                .isEqualTo(2);
    }

    @Test
    void anUnlawfulSpecIsRefusedHoweverOftenItComes() {
        PodSpec complete = PodDefaults.of(template);
        PodSpec wrong = complete.withRestartPolicy("Sometimes");
        for (int i = 0; i < 4; i++) {
            assertThat(violations(complete)).isZero();
            assertThat(violations(wrong)).isEqualTo(1);
        }
    }

    @Test
    void aPodThatWasGivenANodeIsJudgedByTheRestAndTheNodesName() {
        PodSpec complete = PodDefaults.of(template);
        for (int i = 0; i < 4; i++) {
            specs.completed(pod(complete));
            assertThat(violations(complete)).isZero();
        }
        PodSpec bound = PodSpecBuilder.builder(complete).nodeName("node-1").build();
        assertThat(specs.completed(pod(bound)).spec()).isSameAs(bound);
        assertThat(specs.isLawful(complete)).isTrue();
        assertThat(specs.isLawful(bound)).isTrue();
        assertThat(violations(bound)).isZero();
        assertThat(specs.isLawful(complete.withNodeName("No Node"))).isFalse();
        assertThat(violations(complete.withNodeName("No Node"))).isEqualTo(1);
        assertThat(violations(complete.withNodeName("node-1").withRestartPolicy("Sometimes")))
                .isEqualTo(1);
    }

    @Test
    void aBoundSpecThatLacksMoreIsCompleted() {
        PodSpec complete = PodDefaults.of(template);
        for (int i = 0; i < 4; i++) {
            specs.completed(pod(complete));
        }
        PodSpec bound = complete.withNodeName("node-1").withDnsPolicy("");
        assertThat(specs.completed(pod(bound)).spec().dnsPolicy()).isEqualTo("ClusterFirst");
    }

    @Test
    void anUpdateThatLeavesTheSpecHasTheOneThatIsThere() {
        PodSpec equal = PodSpecBuilder.builder(template)
                .containers(List.of(copy(template.containers().get(0))))
                .build();
        assertThat(PodSpecs.unchanged(pod(equal), pod(template)).spec()).isSameAs(template);
        PodSpec other = template.withPriority(3);
        assertThat(PodSpecs.unchanged(pod(other), pod(template)).spec()).isSameAs(other);
    }

    private static Container copy(Container container) {
        return container.withName(container.name());
    }

    private int violations(PodSpec spec) {
        Violations violations = new Violations();
        specs.validate(pod(spec), violations);
        return violations.count();
    }

    private static Pod pod(PodSpec spec) {
        return Pod.named("a").build().withSpec(spec);
    }
}
