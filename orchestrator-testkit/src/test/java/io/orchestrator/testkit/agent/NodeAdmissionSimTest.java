package io.orchestrator.testkit.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.core.ContainerPort;
import io.orchestrator.api.model.core.ContainerPortBuilder;
import io.orchestrator.api.model.core.Event;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.NodeSpecBuilder;
import io.orchestrator.api.model.core.NodeStatusBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodOS;
import io.orchestrator.api.model.core.PodPhase;
import io.orchestrator.api.model.core.PodSecurityContext;
import io.orchestrator.api.model.core.PodSecurityContextBuilder;
import io.orchestrator.api.model.core.PodSpecBuilder;
import io.orchestrator.api.model.core.Sysctl;
import io.orchestrator.api.model.core.Taint;
import io.orchestrator.api.model.core.TaintBuilder;
import io.orchestrator.core.agent.AgentConfig;
import io.orchestrator.testkit.runtime.Behaviour;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node refuses though the pod was bound to it, by what the API says of the node at that moment. */
class NodeAdmissionSimTest {
    @TempDir
    Path directory;

    private AgentFixture sim;

    @BeforeEach
    void start() {
        sim = new AgentFixture(directory, config -> config.withCapacity("2", "1Gi", 10));
        sim.seconds(5);
    }

    @AfterEach
    void stop() {
        sim.close();
    }

    @Test
    void aLabelThatTheNodeWasGivenWhileItRunsCounts() {
        Node node = node();
        sim.client
                .nodes()
                .update(node.withMetadata(ObjectMetaBuilder.builder(node.metadata())
                        .labels(Map.of("disk", "ssd"))
                        .build()));
        sim.run(Pod.named("web").container("web", "web:1").spec(spec -> spec.nodeSelector(Map.of("disk", "ssd"))));
        sim.run(Pod.named("other").container("web", "web:1").spec(spec -> spec.nodeSelector(Map.of("disk", "hdd"))));
        sim.seconds(5);

        assertThat(sim.pod("web").isReady()).isTrue();
        assertThat(sim.pod("other").status().phase()).isEqualTo(PodPhase.FAILED);
        assertThat(sim.pod("other").status().reason()).isEqualTo("NodeAffinity");
    }

    @Test
    void aTaintThatPutsOutPodsKeepsOthersFromComing() {
        Node node = node();
        Taint taint = TaintBuilder.builder().key("away").effect("NoExecute").build();
        sim.client
                .nodes()
                .update(node.withSpec(NodeSpecBuilder.builder(node.spec())
                        .taints(List.of(taint))
                        .build()));
        sim.run(Pod.named("web").container("web", "web:1"));
        sim.seconds(5);

        assertThat(sim.pod("web").status().reason()).isEqualTo("TaintToleration");
        assertThat(sim.pod("web").status().message()).isEqualTo("Pod was rejected: Predicate TaintToleration failed");
    }

    @Test
    void resourcesThatOthersAddToTheNodeStayAndAreCounted() {
        Node node = node();
        sim.client
                .nodes()
                .updateStatus(node.withStatus(NodeStatusBuilder.builder(node.status())
                        .capacity(with(node.status().capacity()))
                        .allocatable(with(node.status().allocatable()))
                        .build()));
        sim.advance(Duration.ofMinutes(10));
        assertThat(node().status().allocatable()).containsEntry("example.com/dongle", Quantity.of(1));

        sim.run(Pod.named("one")
                .container(
                        "web", "web:1", c -> c.limit("example.com/dongle", "1").request("example.com/dongle", "1")));
        sim.seconds(3);
        sim.run(Pod.named("two")
                .container(
                        "web", "web:1", c -> c.limit("example.com/dongle", "1").request("example.com/dongle", "1")));
        sim.seconds(3);
        assertThat(sim.pod("one").isReady()).isTrue();
        assertThat(sim.pod("two").status().reason()).isEqualTo("OutOfexample.com/dongle");
    }

    @Test
    void aPortOfTheNodeThatLeadsToASidecarIsTaken() {
        ContainerPort port =
                ContainerPortBuilder.builder().containerPort(80).hostPort(8080).build();
        sim.run(Pod.named("one")
                .initContainer(
                        "side",
                        "web:1",
                        c -> c.spec(spec -> spec.restartPolicy("Always").ports(List.of(port))))
                .container("web", "web:1"));
        sim.seconds(3);
        sim.run(Pod.named("two").container("web", "web:1", c -> c.spec(spec -> spec.ports(List.of(port)))));
        sim.seconds(3);
        assertThat(sim.pod("one").isReady()).isTrue();
        assertThat(sim.pod("two").status().reason()).isEqualTo("NodePorts");
    }

    @Test
    void aKernelSettingThatHarmsOthersIsNotGranted() {
        sim.run(Pod.named("safe")
                .container("web", "web:1")
                .spec(spec -> spec.securityContext(sysctl("net/ipv4/tcp_fin_timeout"))));
        sim.run(Pod.named("unsafe")
                .container("web", "web:1")
                .spec(spec -> spec.securityContext(sysctl("kernel.msgmax"))));
        sim.seconds(5);

        assertThat(sim.pod("safe").isReady()).isTrue();
        assertThat(sim.pod("unsafe").status().reason()).isEqualTo("SysctlForbidden");
        assertThat(sim.pod("unsafe").status().message())
                .isEqualTo("Pod was rejected: forbidden sysctl: \"kernel.msgmax\" not allowlisted");
        assertThat(sim.client.resources(Event.TYPE).list().items())
                .filteredOn(event -> event.reason().equals("SysctlForbidden"))
                .extracting(Event::message)
                .containsExactly("forbidden sysctl: \"kernel.msgmax\" not allowlisted");
    }

    @Test
    void aPodOfAnotherOperatingSystemIsNotGranted() {
        sim.run(Pod.named("here").container("web", "web:1").spec(spec -> spec.os(new PodOS("linux"))));
        sim.run(Pod.named("foreign").container("web", "web:1").spec(spec -> spec.os(new PodOS("windows"))));
        sim.run(Pod.named("labelled")
                .container("web", "web:1")
                .spec(spec -> spec.nodeSelector(Map.of("kubernetes.io/os", "windows"))));
        sim.seconds(5);

        assertThat(sim.pod("here").isReady()).isTrue();
        assertThat(sim.pod("foreign").status().phase()).isEqualTo(PodPhase.FAILED);
        assertThat(sim.pod("foreign").status().reason()).isEqualTo("PodOSNotSupported");
        assertThat(sim.pod("labelled").status().reason()).isEqualTo("PodOSSelectorNodeLabelDoesNotMatch");
    }

    private static PodSecurityContext sysctl(String name) {
        return PodSecurityContextBuilder.builder()
                .sysctls(List.of(new Sysctl(name, "1")))
                .build();
    }

    @Test
    void aPodThatNeverRestartsFailsWhenItsCommandCannotStart() {
        sim.engine.container("web", Behaviour.failsToStart("no such file"));
        sim.run(Pod.named("job").container("web", "web:1").spec(spec -> spec.restartPolicy("Never")));
        sim.seconds(5);

        assertThat(sim.pod("job").status().phase()).isEqualTo(PodPhase.FAILED);
        assertThat(sim.status("job", "web").state().terminated().reason()).isEqualTo("StartError");
        sim.advance(Duration.ofMinutes(5));
        assertThat(sim.status("job", "web").restartCount()).isZero();
    }

    private Node node() {
        return sim.client.nodes().get(AgentFixture.NODE);
    }

    private static Map<String, Quantity> with(Map<String, Quantity> resources) {
        Map<String, Quantity> all = new java.util.LinkedHashMap<>(resources);
        all.put("example.com/dongle", Quantity.of(1));
        return all;
    }

    @Test
    void namespacesOfTheHostAreSharedWhereThePolicyTrustsAlone() {
        Map<String, UnaryOperator<PodSpecBuilder>> shared = Map.of(
                "network", spec -> spec.hostNetwork(true),
                "processes", spec -> spec.hostPID(true),
                "messages", spec -> spec.hostIPC(true));
        shared.forEach((name, spec) ->
                sim.run(Pod.named(name).container("main", "main:1").spec(spec)));
        sim.seconds(5);
        for (String name : shared.keySet()) {
            assertThat(sim.pod(name).isReady()).isFalse();
            assertThat(sim.client.resources(Event.TYPE).list().items())
                    .filteredOn(event -> event.involvedObject().name().equals(name))
                    .anyMatch(event -> event.message().contains("policy allows no host namespaces"));
        }
        sim.close();

        sim = new AgentFixture(directory, config -> config.withPolicy(AgentConfig.Policy.trusting()));
        shared.forEach((name, spec) ->
                sim.run(Pod.named(name).container("main", "main:1").spec(spec)));
        sim.seconds(5);
        for (String name : shared.keySet()) {
            assertThat(sim.pod(name).isReady()).as(name).isTrue();
        }
    }
}
