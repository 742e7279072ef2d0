package io.orchestrator.samples.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.meta.ObjectMetaBuilder;
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
@Timeout(180)
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
        create(Pod.named("sidecar")
                .sidecar("side", IMAGE, c -> c.command("sh", "-c", "trap 'exit 0' TERM; sleep 1000 & wait"))
                .container("main", IMAGE, c -> c.command("sh", "-c", "sleep 1"))
                .restartPolicy("Never"));
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
