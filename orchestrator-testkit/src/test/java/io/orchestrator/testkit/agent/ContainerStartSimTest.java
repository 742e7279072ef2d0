package io.orchestrator.testkit.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.meta.Bytes;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.api.model.core.LocalObjectReference;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodPhase;
import io.orchestrator.api.model.core.SecretBuilder;
import io.orchestrator.spi.runtime.ContainerSpec;
import io.orchestrator.spi.runtime.Images.Credentials;
import io.orchestrator.spi.runtime.LogQuery;
import io.orchestrator.testkit.runtime.Behaviour;
import io.orchestrator.testkit.runtime.ImageBehaviour;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images, configuration, init containers, probes and admission, as kubectl shows them. */
class ContainerStartSimTest {
    @TempDir
    Path directory;

    private final List<ContainerSpec> created = new ArrayList<>();
    private AgentFixture sim;

    @BeforeEach
    void start() {
        sim = new AgentFixture(directory, config -> config.withCapacity("2", "1Gi", 3));
        sim.engine.program(spec -> {
            created.add(spec);
            return Optional.empty();
        });
    }

    @AfterEach
    void stop() {
        sim.close();
    }

    @Test
    void anImageThatCannotBePulledBacksOffAndRecovers() {
        sim.engine.pull("bad:1", ImageBehaviour.notPullable("manifest unknown"));
        sim.run(Pod.named("web").container("web", "bad:1"));
        sim.seconds(1);
        assertThat(sim.waitingReason("web", "web")).isEqualTo("ErrImagePull");

        sim.seconds(5);
        assertThat(sim.waitingReason("web", "web")).isEqualTo("ImagePullBackOff");
        assertThat(sim.status("web", "web").state().waiting().message()).contains("manifest unknown");
        assertThat(sim.pod("web").status().phase()).isEqualTo(PodPhase.PENDING);
        assertThat(sim.eventReasons("web")).contains("Failed", "BackOff");

        sim.engine.pull("bad:1", ImageBehaviour.pulledIn(Duration.ofSeconds(1)));
        sim.seconds(30);
        assertThat(sim.pod("web").isReady()).isTrue();
    }

    @Test
    void aPolicyOfNeverNeedsTheImage() {
        sim.run(Pod.named("web").container("web", "absent:1", c -> c.imagePullPolicy("Never")));
        sim.seconds(5);

        assertThat(sim.waitingReason("web", "web")).isEqualTo("ErrImageNeverPull");
        assertThat(sim.eventReasons("web")).contains("ErrImageNeverPull", "Failed");
    }

    @Test
    void aNameThatIsNoImageSaysSo() {
        sim.run(Pod.named("web").container("web", "NOT//an image"));
        sim.seconds(5);

        assertThat(sim.waitingReason("web", "web")).isEqualTo("InvalidImageName");
        assertThat(sim.eventReasons("web")).contains("InspectFailed", "Failed");
    }

    @Test
    void aPodMayBeDeletedWhileItsImageIsPulled() {
        sim.engine.pull("huge:1", ImageBehaviour.pulledIn(Duration.ofMinutes(10)));
        sim.run(Pod.named("web").container("web", "huge:1"));
        sim.seconds(5);

        sim.client.pods().delete("web");
        sim.seconds(5);

        assertThat(sim.client.pods().find("web")).isEmpty();
        sim.advance(Duration.ofMinutes(20));
        assertThat(sim.engine.containers()).isEmpty();
        assertThat(sim.engine.sandboxes()).isEmpty();
    }

    @Test
    void aCommandThatCannotStartIsShown() {
        sim.engine.container("web", Behaviour.failsToStart("exec: \"nope\": executable file not found in $PATH"));
        sim.run(Pod.named("web").container("web", "nginx:1.27"));
        sim.seconds(1);

        assertThat(sim.waitingReason("web", "web")).isEqualTo("RunContainerError");
        sim.seconds(5);
        assertThat(sim.waitingReason("web", "web")).isEqualTo("CrashLoopBackOff");
        assertThat(sim.status("web", "web").lastState().terminated()).satisfies(last -> {
            assertThat(last.reason()).isEqualTo("StartError");
            assertThat(last.exitCode()).isEqualTo(128);
            assertThat(last.message()).contains("executable file not found");
        });
    }

    @Test
    void variablesComeFromEverywhere() {
        sim.client.create(ConfigMap.named("settings").data("colour", "blue").build());
        sim.run(Pod.named("web")
                .label("app", "web")
                .container(
                        "web",
                        "nginx:1.27",
                        c -> c.env("A", "one")
                                .env("B", "$(A) and $(UNKNOWN) $$(A)")
                                .envFromConfigMap("C", "settings", "colour")
                                .envFromField("NAME", "metadata.name")
                                .envFromField("LABEL", "metadata.labels['app']")
                                .envFromField("IP", "status.podIP")
                                .envFromResource("CPU", "limits.cpu")
                                .limit("cpu", "1500m")
                                .command("run", "$(A)", "$(B)")));
        sim.seconds(3);

        ContainerSpec spec = created.get(0);
        assertThat(spec.env())
                .containsEntry("A", "one")
                .containsEntry("B", "one and $(UNKNOWN) $(A)")
                .containsEntry("C", "blue")
                .containsEntry("NAME", "web")
                .containsEntry("LABEL", "web")
                .containsEntry("CPU", "2")
                .containsEntry("IP", sim.pod("web").status().podIP());
        assertThat(spec.command()).containsExactly("run", "one", "one and $(UNKNOWN) $(A)");
    }

    @Test
    void whatIsReferredToAndNotThereIsWaitedFor() {
        sim.run(Pod.named("web").container("web", "nginx:1.27", c -> c.envFromConfigMap("C", "settings", "colour")));
        sim.seconds(5);
        assertThat(sim.waitingReason("web", "web")).isEqualTo("CreateContainerConfigError");
        assertThat(sim.status("web", "web").state().waiting().message()).isEqualTo("configmap \"settings\" not found");

        sim.client.create(ConfigMap.named("settings").data("colour", "blue").build());
        sim.seconds(20);
        assertThat(sim.pod("web").isReady()).isTrue();
    }

    @Test
    void initContainersRunOneAfterTheOther() {
        sim.engine.container("one", Behaviour.exits(Duration.ofSeconds(5), 0));
        sim.engine.container("two", Behaviour.exits(Duration.ofSeconds(5), 0));
        sim.run(Pod.named("web")
                .initContainer("one", "busybox:1", c -> c)
                .initContainer("two", "busybox:1", c -> c)
                .container("web", "nginx:1.27"));
        sim.seconds(3);
        assertThat(sim.engine.starts("two")).isEmpty();
        assertThat(sim.waitingReason("web", "web")).isEqualTo("PodInitializing");
        assertThat(sim.agent.logs("default", "web", "web", false, LogQuery.all()))
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withMessageContaining("container \"web\" in pod \"web\" is waiting to start: PodInitializing");
        assertThat(sim.pod("web").status().phase()).isEqualTo(PodPhase.PENDING);
        sim.seconds(5);
        assertThat(sim.engine.starts("two")).hasSize(1);
        assertThat(sim.engine.starts("web")).isEmpty();
        sim.seconds(6);

        assertThat(sim.pod("web").isReady()).isTrue();
        assertThat(sim.engine.starts("one")).hasSize(1);
    }

    @Test
    void aFailingInitContainerKeepsTheOthersWaiting() {
        sim.engine.container("one", Behaviour.exits(Duration.ofSeconds(1), 1));
        sim.run(Pod.named("web").initContainer("one", "busybox:1", c -> c).container("web", "nginx:1.27"));
        sim.run(Pod.named("never")
                .initContainer("one", "busybox:1", c -> c)
                .container("web", "nginx:1.27")
                .restartPolicy("Never"));
        sim.seconds(60);

        assertThat(sim.engine.starts("web")).isEmpty();
        assertThat(sim.pod("web").status().phase()).isEqualTo(PodPhase.PENDING);
        assertThat(sim.pod("never").status().phase()).isEqualTo(PodPhase.FAILED);
        assertThat(sim.engine.starts("one")).hasSizeGreaterThan(3);
    }

    @Test
    void readinessFollowsTheProbe() {
        sim.engine.container("web", Behaviour.runs().readyAfter(Duration.ofSeconds(12)));
        sim.run(Pod.named("web")
                .container(
                        "web",
                        "nginx:1.27",
                        c -> c.readinessProbe(p -> p.httpGet("/", 80).every(Duration.ofSeconds(2)))));
        sim.seconds(8);
        assertThat(sim.status("web", "web").ready()).isFalse();
        assertThat(sim.pod("web").isReady()).isFalse();
        assertThat(sim.eventReasons("web")).contains("Unhealthy");
        sim.seconds(8);

        assertThat(sim.pod("web").isReady()).isTrue();
        assertThat(sim.status("web", "web").restartCount()).isZero();
    }

    @Test
    void readinessNeedsAsManySuccessesInARowAsItSays() {
        sim.engine.container("web", Behaviour.runs().readyAfter(Duration.ofSeconds(12)));
        sim.run(Pod.named("web")
                .container(
                        "web",
                        "nginx:1.27",
                        c -> c.readinessProbe(p ->
                                p.httpGet("/", 80).every(Duration.ofSeconds(5)).successThreshold(3))));
        sim.seconds(20);
        assertThat(sim.pod("web").isReady()).isFalse();
        sim.seconds(12);
        assertThat(sim.pod("web").isReady()).isTrue();
    }

    @Test
    void aPullUsesTheLoginThatAPodsSecretHasForTheRegistry() {
        String auth = Base64.getEncoder().encodeToString("robot:of:hub".getBytes(StandardCharsets.UTF_8));
        sim.client.create(SecretBuilder.builder()
                .metadata(ObjectMeta.named("logins"))
                .type("kubernetes.io/dockerconfigjson")
                .data(Map.of(".dockerconfigjson", Bytes.utf8("""
                        {"auths": {
                          "https://registry.example": {"username": "robot", "password": "word"},
                          "https://index.docker.io/v1/": {"auth": "%s"}}}
                        """.formatted(auth))))
                .build());
        pullsWithTheLoginsOfBothRegistries();
    }

    @Test
    void aPullUsesTheLoginOfASecretInDockersOlderForm() {
        String auth = Base64.getEncoder().encodeToString("robot:of:hub".getBytes(StandardCharsets.UTF_8));
        sim.client.create(SecretBuilder.builder()
                .metadata(ObjectMeta.named("logins"))
                .type("kubernetes.io/dockercfg")
                .data(Map.of(".dockercfg", Bytes.utf8("""
                        {"https://registry.example": {"username": "robot", "password": "word", "email": "r@x.example"},
                         "https://index.docker.io/v1/": {"auth": "%s"}}
                        """.formatted(auth))))
                .build());
        pullsWithTheLoginsOfBothRegistries();
    }

    /** Of the secret {@code logins}; a third registry has none. */
    private void pullsWithTheLoginsOfBothRegistries() {
        sim.run(Pod.named("web")
                .container("one", "registry.example/web:1")
                .container("two", "web:2")
                .container("three", "elsewhere.example/web:3")
                .spec(spec -> spec.imagePullSecrets(List.of(new LocalObjectReference("logins")))));
        sim.seconds(10);

        assertThat(sim.pod("web").isReady()).isTrue();
        assertThat(sim.engine.logins())
                .isEqualTo(Map.of(
                        "registry.example/web:1", new Credentials("robot", "word", "registry.example"),
                        "web:2", new Credentials("robot", "of:hub", "docker.io")));
    }

    @Test
    void aFailedLivenessProbeRestartsTheContainer() {
        sim.engine.container("web", Behaviour.runs().healthyFor(Duration.ofSeconds(20)));
        sim.run(Pod.named("web")
                .container(
                        "web",
                        "nginx:1.27",
                        c -> c.livenessProbe(p -> p.httpGet("/", 80).every(Duration.ofSeconds(5)))));
        sim.seconds(45);

        assertThat(sim.status("web", "web").restartCount()).isEqualTo(1);
        assertThat(sim.eventReasons("web")).contains("Unhealthy", "Killing");
    }

    @Test
    void theOtherProbesWaitForTheStartupProbe() {
        sim.engine.container(
                "web", Behaviour.runs().readyAfter(Duration.ofSeconds(25)).healthyFor(Duration.ZERO));
        sim.run(Pod.named("web")
                .container(
                        "web",
                        "nginx:1.27",
                        c -> c.startupProbe(p -> p.httpGet("/", 80)
                                        .every(Duration.ofSeconds(5))
                                        .failureThreshold(10))
                                .livenessProbe(p -> p.httpGet("/", 80)
                                        .every(Duration.ofSeconds(5))
                                        .failureThreshold(2))));
        sim.seconds(24);
        assertThat(sim.status("web", "web").started()).isFalse();
        assertThat(sim.status("web", "web").restartCount()).isZero();
        sim.seconds(30);

        assertThat(sim.status("web", "web").restartCount()).isPositive();
    }

    @Test
    void aPodThatDoesNotFitIsRefused() {
        sim.run(Pod.named("first").container("web", "nginx:1.27", c -> c.request("cpu", "1500m")));
        sim.seconds(2);
        sim.run(Pod.named("second").container("web", "nginx:1.27", c -> c.request("cpu", "1")));
        sim.seconds(2);

        assertThat(sim.pod("first").isReady()).isTrue();
        assertThat(sim.pod("second").status()).satisfies(status -> {
            assertThat(status.phase()).isEqualTo(PodPhase.FAILED);
            assertThat(status.reason()).isEqualTo("OutOfcpu");
            assertThat(status.message()).contains("requested: 1000, used: 1500, capacity: 2000");
        });
        assertThat(sim.engine.sandboxes()).hasSize(1);
        sim.client.pods().delete("first");
        sim.client.pods().delete("second");
        sim.seconds(40);
        sim.run(Pod.named("third").container("web", "nginx:1.27", c -> c.request("cpu", "2")));
        sim.seconds(2);
        assertThat(sim.pod("third").isReady()).isTrue();
    }

    @Test
    void volumesAreFilesAndMissingOnesAreWaitedFor() throws Exception {
        sim.run(Pod.named("web")
                .configMap("config", "settings")
                .container("web", "nginx:1.27", c -> c.mount("config", "/etc/web")));
        sim.seconds(5);
        assertThat(sim.eventReasons("web")).contains("FailedMount");
        assertThat(sim.waitingReason("web", "web")).isEqualTo("ContainerCreating");

        sim.client.create(ConfigMap.named("settings").data("colour", "blue").build());
        sim.seconds(40);
        assertThat(sim.pod("web").isReady()).isTrue();
        String source = created.get(0).mounts().stream()
                .filter(mount -> mount.containerPath().equals("/etc/web"))
                .findFirst()
                .orElseThrow()
                .hostPath();
        assertThat(Path.of(source, "colour")).hasContent("blue");

        sim.client.pods().delete("web");
        sim.seconds(5);
        assertThat(Path.of(source)).doesNotExist();
    }
}
