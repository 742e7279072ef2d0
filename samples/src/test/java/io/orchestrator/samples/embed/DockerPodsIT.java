package io.orchestrator.samples.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Patch;
import io.orchestrator.api.client.Target;
import io.orchestrator.api.client.WriteOptions;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.model.core.ContainerResizePolicy;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodDraft;
import io.orchestrator.api.model.core.PodPhase;
import io.orchestrator.api.model.core.PodSecurityContextBuilder;
import io.orchestrator.api.model.core.SeccompProfileBuilder;
import io.orchestrator.core.embed.Cluster;
import io.orchestrator.runtime.docker.DockerRuntime;
import io.orchestrator.testkit.junit.RequiresDocker;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What pods may ask for, on real containers: what they find inside says whether they got it. They start together. */
@RequiresDocker
@Timeout(300)
class DockerPodsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String IMAGE = "busybox:1.36";
    private static Cluster cluster;

    @BeforeAll
    static void start() {
        cluster = Cluster.builder()
                .named("pods")
                .runtime(DockerRuntime.local())
                .nodes(1)
                .start();
        await().atMost(PATIENCE)
                .until(() -> !cluster.client().nodes().list().items().isEmpty());
        // its agent writes it as well: whoever was slower writes again
        await().atMost(PATIENCE).ignoreExceptionsInstanceOf(ApiException.class).untilAsserted(DockerPodsIT::label);
        create(says("restricted", "id -u; grep Seccomp: /proc/self/status; grep NoNewPrivs: /proc/self/status")
                .podSpec(spec -> spec.securityContext(PodSecurityContextBuilder.builder()
                                .runAsNonRoot(true)
                                .runAsUser(1000L)
                                .seccompProfile(SeccompProfileBuilder.builder()
                                        .type("RuntimeDefault")
                                        .build())
                                .build())
                        .nodeSelector(Map.of("disk", "ssd"))));
        create(says("named", "hostname; cat /etc/hosts")
                .podSpec(spec -> spec.hostname("me").subdomain("set").setHostnameAsFQDN(true)));
        create(Pod.named("shared")
                .container("one", IMAGE, c -> c.command("sh", "-c", "sleep 4711 & wait"))
                .container(
                        "two",
                        IMAGE,
                        c -> c.command("sh", "-c", "until ps | grep -q '[s]leep 4711'; do sleep 0.2; done")
                                .spec(spec -> spec.terminationMessagePolicy("FallbackToLogsOnError")))
                .gracePeriod(Duration.ofSeconds(1))
                .restartPolicy("Never")
                .podSpec(spec -> spec.shareProcessNamespace(true)));
        create(Pod.named("root")
                .container("main", IMAGE, c -> c.command("sleep", "1000"))
                .podSpec(spec -> spec.securityContext(
                        PodSecurityContextBuilder.builder().runAsNonRoot(true).build())));
        create(Pod.named("unknown")
                .container("main", IMAGE, c -> c.command("/no/such/program"))
                .restartPolicy("Never"));
        create(Pod.named("sized")
                .container(
                        "main",
                        IMAGE,
                        c -> c.command("sh", "-c", "trap 'exit 0' TERM; sleep 1000 & wait")
                                .request("cpu", "100m")
                                .request("memory", "32Mi")
                                .limit("memory", "64Mi")
                                .spec(spec -> spec.resizePolicy(
                                        List.of(new ContainerResizePolicy("memory", "RestartContainer"))))));
        create(Pod.named("sidecar")
                .sidecar("side", IMAGE, c -> c.command("sh", "-c", "trap 'exit 0' TERM; sleep 1000 & wait"))
                .container("main", IMAGE, c -> c.command("sh", "-c", "sleep 1"))
                .restartPolicy("Never"));
    }

    @Test
    void whatAContainerMayUseIsChangedWhileItRunsAndByARestartWhereItSaysSo() {
        cluster.client().pods().awaitReady("sized", PATIENCE);
        resize("\"requests\":{\"cpu\":\"500m\"},\"limits\":{\"cpu\":\"1\"}");
        Pod faster = cluster.client()
                .pods()
                .await("sized", pod -> cpu(pod).equals("500m") && settled(pod), "it to be faster", PATIENCE);
        assertThat(faster.status().containerStatuses().get(0).restartCount()).isZero();

        resize("\"limits\":{\"memory\":\"96Mi\"}");
        Pod larger = cluster.client()
                .pods()
                .await(
                        "sized",
                        pod -> pod.isReady()
                                && pod.status().containerStatuses().get(0).restartCount() == 1,
                        "it to be larger",
                        PATIENCE);
        assertThat(larger.status().phase()).isEqualTo(PodPhase.RUNNING);
        assertThat(cluster.client()
                        .pods()
                        .run(
                                "sized",
                                PATIENCE,
                                "sh",
                                "-c",
                                "cat /sys/fs/cgroup/memory/memory.limit_in_bytes"
                                        + " /sys/fs/cgroup/memory.max 2>/dev/null; true")
                        .stdout())
                .contains(Long.toString(96L << 20));
    }

    private static void resize(String resources) {
        cluster.client()
                .transport()
                .patch(
                        new Target<>(Pod.TYPE, "default", "sized", "resize"),
                        Patch.strategic(
                                "{\"spec\":{\"containers\":[{\"name\":\"main\",\"resources\":{" + resources + "}}]}}"),
                        Pod.class,
                        WriteOptions.defaults());
    }

    private static String cpu(Pod pod) {
        var inForce = pod.status().containerStatuses().get(0).resources();
        return inForce == null ? "" : String.valueOf(inForce.requests().get("cpu"));
    }

    private static boolean settled(Pod pod) {
        return pod.status().resize().isEmpty();
    }

    private static void label() {
        Node node = cluster.client().nodes().list().items().get(0);
        Map<String, String> labels = new LinkedHashMap<>(node.metadata().labels());
        labels.put("disk", "ssd");
        cluster.client()
                .nodes()
                .update(node.withMetadata(ObjectMetaBuilder.builder(node.metadata())
                        .labels(labels)
                        .build()));
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void theRestrictedStandardRunsUnderTheEnginesProfile() {
        assertThat(wordsOf("restricted")).containsSubsequence("1000", "Seccomp:", "2", "NoNewPrivs:", "1");
    }

    @Test
    void aSubdomainIsPartOfTheName() {
        assertThat(wordsOf("named")).first().isEqualTo("me.set.default.svc.cluster.local");
        assertThat(wordsOf("named")).contains("me.set.default.svc.cluster.local");
    }

    @Test
    void containersSeeEachOthersProcessesWhereTheyShareThem() {
        assertThat(until(
                        "shared",
                        pod -> pod.status().containerStatuses().stream()
                                .anyMatch(status -> status.name().equals("two")
                                        && status.state().terminated() != null)))
                .isNotNull();
    }

    @Test
    void anImageThatRunsAsRootIsRefusedToThoseThatMustNot() {
        Pod pod = until("root", it -> waiting(it).equals("CreateContainerConfigError"));
        assertThat(pod.status().containerStatuses().get(0).state().waiting().message())
                .startsWith("container has runAsNonRoot and image will run as root");
    }

    @Test
    void aProgramThatIsNotThereFailsAPodThatNeverRestarts() {
        Pod pod = until("unknown", it -> it.status().phase().equals(PodPhase.FAILED));
        assertThat(pod.status().containerStatuses().get(0).state().terminated()).satisfies(end -> {
            assertThat(end.reason()).isEqualTo("StartError");
            assertThat(end.exitCode()).isEqualTo(128);
            assertThat(end.message()).contains("/no/such/program");
        });
    }

    @Test
    void aPodWithASidecarSucceedsWhenItsWorkIsDone() {
        Pod pod = until("sidecar", it -> it.status().phase().equals(PodPhase.SUCCEEDED));
        assertThat(pod.status().initContainerStatuses().get(0).state().terminated())
                .isNotNull();
    }

    private static PodDraft says(String name, String script) {
        return Pod.named(name)
                .container(
                        "main",
                        IMAGE,
                        c -> c.command("sh", "-c", script + "; exit 1")
                                .securityContext(context -> context.allowPrivilegeEscalation(false))
                                .spec(spec -> spec.terminationMessagePolicy("FallbackToLogsOnError")))
                .restartPolicy("Never");
    }

    private static void create(PodDraft draft) {
        cluster.client().create(draft.build());
    }

    /** What the container said, which is its termination message. */
    private static List<String> wordsOf(String name) {
        Pod pod = until(name, it -> !lastMessage(it).isEmpty());
        return List.of(lastMessage(pod).trim().split("\\s+"));
    }

    private static String lastMessage(Pod pod) {
        return pod.status().containerStatuses().stream()
                .filter(status -> status.state().terminated() != null)
                .map(status -> status.state().terminated().message())
                .findFirst()
                .orElse("");
    }

    private static String waiting(Pod pod) {
        return pod.status().containerStatuses().stream()
                .filter(status -> status.state().waiting() != null)
                .map(status -> status.state().waiting().reason())
                .findFirst()
                .orElse("");
    }

    private static Pod until(String name, Predicate<Pod> holds) {
        return await("pod " + name)
                .atMost(PATIENCE)
                .until(() -> cluster.client().pods().get(name), holds);
    }
}
