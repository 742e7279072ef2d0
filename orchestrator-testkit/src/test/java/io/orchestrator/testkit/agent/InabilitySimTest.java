package io.orchestrator.testkit.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.model.core.AppArmorProfileBuilder;
import io.orchestrator.api.model.core.ContainerPort;
import io.orchestrator.api.model.core.ContainerPortBuilder;
import io.orchestrator.api.model.core.EmptyDirVolumeSourceBuilder;
import io.orchestrator.api.model.core.Event;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodDraft;
import io.orchestrator.api.model.core.PodSecurityContextBuilder;
import io.orchestrator.api.model.core.SecurityContextBuilder;
import io.orchestrator.api.model.core.VolumeBuilder;
import io.orchestrator.api.model.node.RuntimeClassBuilder;
import io.orchestrator.core.agent.AgentConfig;
import io.orchestrator.spi.runtime.RuntimeInfo.Ability;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a runtime or its agent cannot do, no pod goes without: it is not run, and told why. */
class InabilitySimTest {
    @TempDir
    Path directory;

    private AgentFixture sim;

    @BeforeEach
    void start() {
        sim = new AgentFixture(directory, config -> config.withPolicy(AgentConfig.Policy.trusting()));
    }

    @AfterEach
    void stop() {
        sim.close();
    }

    private void without(Ability ability) {
        sim.engine.without(ability);
        sim.restartAgent();
    }

    /** Why the pod's only container is not made. */
    private String refusal(PodDraft pod) {
        sim.run(pod);
        sim.seconds(5);
        assertThat(sim.engine.containers()).isEmpty();
        assertThat(sim.waitingReason("web", "main")).isEqualTo("CreateContainerConfigError");
        return sim.status("web", "main").state().waiting().message();
    }

    @Test
    void aVolumeThatCannotBeMounted() {
        without(Ability.MOUNTS);
        assertThat(refusal(Pod.named("web").emptyDir("data").container("main", "any:1", c -> c.mount("data", "/data"))))
                .isEqualTo("the simulated runtime cannot mount volume \"data\" at /data");
    }

    @Test
    void aUserThatAContainerCannotBeRunAs() {
        without(Ability.USERS);
        assertThat(refusal(Pod.named("web")
                        .spec(spec -> spec.securityContext(PodSecurityContextBuilder.builder()
                                .runAsUser(1000L)
                                .build()))
                        .container("main", "any:1")))
                .isEqualTo("the simulated runtime cannot run a container as user 1000");
    }

    @Test
    void groupsThatAContainerCannotBeGiven() {
        without(Ability.USERS);
        assertThat(refusal(Pod.named("web")
                        .spec(spec -> spec.securityContext(PodSecurityContextBuilder.builder()
                                .supplementalGroups(List.of(1001L))
                                .build()))
                        .container("main", "any:1")))
                .isEqualTo("the simulated runtime cannot give a container the groups [1001]");
    }

    @Test
    void aVolumeWhoseMountsWithinCannotBeReadOnlyToo() {
        assertThat(refusal(Pod.named("web")
                        .emptyDir("data")
                        .container(
                                "main",
                                "any:1",
                                c -> c.mount(
                                        "data",
                                        mount -> mount.mountPath("/data")
                                                .readOnly(true)
                                                .recursiveReadOnly("Enabled")))))
                .isEqualTo(
                        "volume \"data\" requested recursive read-only mode, but it is not supported by the runtime");
    }

    @Test
    void aMountThatIsToShowOthersWhatIsMountedWithin() {
        without(Ability.MOUNT_PROPAGATION);
        assertThat(refusal(Pod.named("web")
                        .emptyDir("data")
                        .container(
                                "main",
                                "any:1",
                                c -> c.mount(
                                                "data",
                                                mount ->
                                                        mount.mountPath("/data").mountPropagation("Bidirectional"))
                                        .spec(spec -> spec.securityContext(SecurityContextBuilder.builder()
                                                .privileged(true)
                                                .build())))))
                .isEqualTo("the simulated runtime cannot show others what is mounted at /data");
    }

    /** It sees less than it might, and may be of use all the same. */
    @Test
    void aMountThatDoesNotShowWhatIsMountedWithinLaterIsToldOf() {
        without(Ability.MOUNT_PROPAGATION);
        sim.run(Pod.named("web")
                .emptyDir("data")
                .container(
                        "main",
                        "any:1",
                        c -> c.mount("data", mount -> mount.mountPath("/data").mountPropagation("HostToContainer"))));
        sim.seconds(5);

        assertThat(sim.status("web", "main").state().running()).isNotNull();
        assertThat(told())
                .contains("the simulated runtime does not show container main what is mounted within /data"
                        + " after its start");
    }

    @Test
    void aVolumeOfHugePages() {
        sim.run(Pod.named("web")
                .spec(spec -> spec.volumes(List.of(VolumeBuilder.builder()
                        .name("data")
                        .emptyDir(EmptyDirVolumeSourceBuilder.builder()
                                .medium("HugePages")
                                .build())
                        .build())))
                .container("main", "any:1", c -> c.mount("data", "/data")));
        sim.seconds(5);
        assertThat(sim.engine.containers()).isEmpty();
        assertThat(told())
                .anyMatch(message -> message.endsWith(
                        "MountVolume.SetUp failed for volume \"data\" : unknown storage medium \"HugePages\""));
    }

    @Test
    void aPortOfTheHostThatCannotBePublished() {
        without(Ability.HOST_PORTS);
        ContainerPort port =
                ContainerPortBuilder.builder().containerPort(80).hostPort(8080).build();
        sim.run(Pod.named("web").container("main", "any:1", c -> c.spec(spec -> spec.ports(List.of(port)))));
        sim.seconds(5);
        assertThat(sim.engine.sandboxes()).isEmpty();
        assertThat(told()).anyMatch(message -> message.contains("the simulated runtime cannot publish host ports"));
    }

    @Test
    void aPortOfTheHostThatLeadsToASidecar() {
        without(Ability.HOST_PORTS);
        ContainerPort port =
                ContainerPortBuilder.builder().containerPort(80).hostPort(8080).build();
        sim.run(Pod.named("web")
                .initContainer(
                        "side",
                        "any:1",
                        c -> c.spec(spec -> spec.restartPolicy("Always").ports(List.of(port))))
                .container("main", "any:1"));
        sim.seconds(5);
        assertThat(sim.engine.sandboxes()).isEmpty();
        assertThat(told()).anyMatch(message -> message.contains("the simulated runtime cannot publish host ports"));
    }

    @Test
    void profilesOfAppArmorThatAreNotInForce() {
        without(Ability.APP_ARMOR);
        sim.run(Pod.named("web")
                .container(
                        "main",
                        "any:1",
                        c -> c.spec(spec -> spec.securityContext(SecurityContextBuilder.builder()
                                .appArmorProfile(AppArmorProfileBuilder.builder()
                                        .type("RuntimeDefault")
                                        .build())
                                .build()))));
        sim.seconds(5);
        assertThat(sim.engine.sandboxes()).isEmpty();
        assertThat(sim.pod("web").status().phase()).isEqualTo("Pending");
        assertThat(sim.pod("web").status().reason()).isEqualTo("AppArmor");
        assertThat(sim.pod("web").status().message())
                .isEqualTo("Cannot enforce AppArmor: AppArmor is not enabled on the host");
        assertThat(sim.waitingReason("web", "main")).isEqualTo("Blocked");
        assertThat(sim.eventReasons("web")).contains("AppArmor");

        sim.engine.without(Ability.HOST_PORTS);
        sim.restartAgent();
        sim.seconds(10);
        assertThat(sim.pod("web").isReady()).isTrue();
        assertThat(sim.pod("web").status().reason()).isEmpty();
        assertThat(sim.pod("web").status().message()).isEmpty();
    }

    @Test
    void aHandlerThatTheRuntimeDoesNotHave() {
        without(Ability.RUNTIME_HANDLERS);
        for (String handler : List.of("gvisor", "simulated")) {
            sim.client.create(RuntimeClassBuilder.builder()
                    .metadata(ObjectMeta.named(handler))
                    .handler(handler)
                    .build());
            sim.run(Pod.named(handler).container("main", "any:1").spec(spec -> spec.runtimeClassName(handler)));
        }
        sim.seconds(5);

        assertThat(sim.pod("simulated").isReady()).isTrue();
        assertThat(sim.pod("gvisor").isReady()).isFalse();
        assertThat(told()).contains("Failed to create pod sandbox: RuntimeHandler \"gvisor\" not supported");
    }

    private List<String> told() {
        return sim.client.resources(Event.TYPE).list().items().stream()
                .map(Event::message)
                .toList();
    }
}
