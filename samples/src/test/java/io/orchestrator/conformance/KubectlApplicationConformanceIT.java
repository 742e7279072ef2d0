package io.orchestrator.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orchestrator.core.runtime.ProcessRuntime;
import io.orchestrator.testkit.junit.Conformance;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Small applications, made and looked after by kubectl, of processes that really answer. */
@Timeout(300)
class KubectlApplicationConformanceIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> ROLES = List.of("primary", "replica", "frontend", "nautilus");

    @TempDir
    static Path folder;

    private static HttpCluster cluster;
    private static Kubectl kubectl;

    @BeforeAll
    static void open() {
        cluster = HttpCluster.ofProcesses("applications", KubectlApplicationConformanceIT::programs);
        kubectl = new Kubectl(folder, cluster.kubeconfig());
    }

    @AfterAll
    static void close() {
        cluster.close();
    }

    private static ProcessRuntime.Builder programs(ProcessRuntime.Builder processes) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classes = Path.of(GuestbookProgram.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .toString();
        for (String role : ROLES) {
            processes.image(
                    role,
                    java,
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Xmx32m",
                    "-cp",
                    classes,
                    GuestbookProgram.class.getName(),
                    role);
        }
        return processes;
    }

    @Test
    @Conformance("[sig-cli] Kubectl client Guestbook application should create and stop a working application")
    void theGuestBookKeepsWhatIsWrittenToIt() {
        String book = service("agnhost-replica", "replica", 6379) + "---\n"
                + service("agnhost-primary", "primary", 6379)
                + "---\n" + service("frontend", "frontend", 80) + "---\n" + deployment("agnhost-primary", "primary", 1)
                + "---\n" + deployment("agnhost-replica", "replica", 2) + "---\n"
                + deployment("frontend", "frontend", 3);
        kubectl.fed(book, "create", "-f", "-");
        kubectl.run("wait", "deployment", "--all", "--for=condition=Available", "--timeout=150s");
        await().atMost(PATIENCE).until(() -> guestbook("cmd=get&key=messages").contains("{\"data\":\"\"}"));
        await().atMost(PATIENCE)
                .until(() -> guestbook("cmd=set&key=messages&value=TestEntry").contains("{\"message\":\"Updated\"}"));
        await().atMost(PATIENCE).until(() -> guestbook("cmd=get&key=messages").contains("{\"data\":\"TestEntry\"}"));
        kubectl.fed(book, "delete", "--grace-period=0", "--force", "-f", "-");
        await().atMost(PATIENCE)
                .until(() -> kubectl.run("get", "pods,rs,deployments", "-l", "book=yes", "-o", "name")
                        .isBlank());
    }

    private static String guestbook(String query) {
        return kubectl.ended(
                        "", "get", "--raw", "/api/v1/namespaces/default/services/frontend:80/proxy/guestbook?" + query)
                .output();
    }

    private static String service(String name, String role, int port) {
        return "apiVersion: v1\nkind: Service\nmetadata: {name: %s, labels: {book: 'yes'}}\n".formatted(name)
                + "spec: {selector: {role: %s}, ports: [{port: %d, targetPort: 8080}]}\n".formatted(role, port);
    }

    private static String deployment(String name, String role, int replicas) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %s, labels: {book: 'yes'}}
                spec:
                  replicas: %d
                  selector: {matchLabels: {role: %s}}
                  template:
                    metadata: {labels: {role: %s, book: 'yes'}}
                    spec:
                      terminationGracePeriodSeconds: 1
                      containers:
                      - {name: c, image: %s, ports: [{containerPort: 8080}],
                         readinessProbe: {httpGet: {path: /data.json, port: 8080}, periodSeconds: 1}}
                """.formatted(name, replicas, role, role, role);
    }

    @Test
    @Conformance({
        "[sig-cli] Kubectl client Update Demo should create and stop a replication controller",
        "[sig-cli] Kubectl client Update Demo should scale a replication controller"
    })
    void aControllerOfServersIsMadeScaledDownAndUpAndStopped() {
        String demo = """
                apiVersion: v1
                kind: ReplicationController
                metadata: {name: update-demo-nautilus}
                spec:
                  replicas: 2
                  selector: {name: update-demo, version: nautilus}
                  template:
                    metadata: {labels: {name: update-demo, version: nautilus}}
                    spec:
                      terminationGracePeriodSeconds: 1
                      containers: [{name: update-demo, image: nautilus, ports: [{containerPort: 8080}]}]
                """;
        kubectl.fed(demo, "create", "-f", "-");
        mustServe(2);
        kubectl.run("scale", "rc", "update-demo-nautilus", "--replicas=1", "--timeout=150s");
        mustServe(1);
        kubectl.run("scale", "rc", "update-demo-nautilus", "--replicas=2", "--timeout=150s");
        mustServe(2);
        kubectl.fed(demo, "delete", "--grace-period=0", "--force", "-f", "-");
        assertThat(kubectl.run("get", "rc", "-o", "name")).doesNotContain("update-demo");
        await().atMost(PATIENCE).until(() -> names().isEmpty());
    }

    private static void mustServe(int pods) {
        await().atMost(PATIENCE).until(() -> names().size() == pods);
        for (String pod : names()) {
            await().atMost(PATIENCE)
                    .until(() -> kubectl.run(
                                    "get",
                                    "pod",
                                    pod,
                                    "-o",
                                    "template={{range .status.containerStatuses}}{{if .state.running}}{{.name}}"
                                            + "{{end}}{{end}}")
                            .equals("update-demo"));
            assertThat(kubectl.run("get", "pod", pod, "-o", "jsonpath={.spec.containers[0].image}"))
                    .isEqualTo("nautilus");
            await().atMost(PATIENCE)
                    .until(() -> kubectl.ended(
                                    "",
                                    "get",
                                    "--raw",
                                    "/api/v1/namespaces/default/pods/" + pod + ":8080/proxy/data.json")
                            .output()
                            .contains("nautilus.jpg"));
        }
    }

    private static List<String> names() {
        return kubectl.run(
                        "get",
                        "pods",
                        "-l",
                        "name=update-demo",
                        "-o",
                        "template={{range .items}}{{if not .metadata.deletionTimestamp}}{{.metadata.name}}"
                                + " {{end}}{{end}}")
                .lines()
                .flatMap(line -> List.of(line.trim().split(" +")).stream())
                .filter(name -> !name.isEmpty())
                .toList();
    }
}
