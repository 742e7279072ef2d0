package io.orchestrator.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orchestrator.testkit.junit.Conformance;
import io.orchestrator.testkit.runtime.Behaviour;
import io.orchestrator.testkit.runtime.SimulatedRuntime;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class KubectlConformanceIT {
    private static final List<String> LINES = IntStream.rangeClosed(1, 20)
            .mapToObj(i -> "GET /api/v1/namespaces/kube-system/pods/" + i)
            .toList();
    private static final String PRIMARY = """
            apiVersion: v1
            kind: ReplicationController
            metadata: {name: agnhost-primary, labels: {app: agnhost, role: primary}}
            spec:
              replicas: 1
              selector: {app: agnhost, role: primary}
              template:
                metadata: {labels: {app: agnhost, role: primary}}
                spec: {containers: [{name: agnhost-primary, image: agnhost, ports: [{name: agnhost-server, containerPort: 6379}]}]}
            """;

    @TempDir
    static Path folder;

    private static HttpCluster cluster;
    private static Kubectl kubectl;

    @BeforeAll
    static void open() {
        cluster = new HttpCluster(
                "kubectl",
                builder -> builder.runtime(environment -> new SimulatedRuntime(environment)
                        .withAllImages()
                        .image("logs-generator", Behaviour.runs().prints(LINES))));
        kubectl = new Kubectl(folder, cluster.kubeconfig());
        kubectl.fed(PRIMARY, "create", "-f", "-");
        kubectl.run("wait", "pod", "-l", "app=agnhost", "--for=condition=Ready", "--timeout=150s");
    }

    @AfterAll
    static void close() {
        cluster.close();
    }

    private static String primaryPod() {
        return kubectl.run("get", "pods", "-l", "app=agnhost", "-o", "jsonpath={.items[0].metadata.name}");
    }

    @Test
    @Conformance("[sig-cli] Kubectl client Kubectl api-versions should check if v1 is in available api versions")
    void theFirstVersionIsThere() {
        assertThat(kubectl.run("api-versions").lines()).contains("v1");
    }

    @Test
    @Conformance("[sig-cli] Kubectl client Kubectl cluster-info should check if Kubernetes control plane services is"
            + " included in cluster-info")
    void theControlPlaneIsNamed() {
        assertThat(kubectl.run("cluster-info"))
                .contains("Kubernetes control plane")
                .contains("is running at")
                .contains(cluster.kubeconfig().server());
    }

    @Test
    @Conformance("[sig-cli] Kubectl client Kubectl version should check is all data is printed")
    void bothVersionsAreTold() {
        assertThat(kubectl.run("version"))
                .containsPattern("Client Version: v\\d")
                .containsPattern("Server Version: v\\d");
        assertThat(kubectl.run("version", "-o", "json"))
                .contains("\"major\"", "\"minor\"", "\"gitVersion\"", "\"gitCommit\"", "\"buildDate\"", "\"platform\"");
    }

    @Test
    @Conformance(
            "[sig-cli] Kubectl client Kubectl describe should check if kubectl describe prints relevant information for"
                    + " rc and pods")
    void descriptionsSayWhatMatters() {
        String pod = primaryPod();
        assertThat(kubectl.run("describe", "pod", pod))
                .containsPattern("Name: +agnhost-primary-")
                .containsPattern("Namespace: +default")
                .containsPattern("Node: +node-\\d")
                .contains("role=primary")
                .containsPattern("Status: +Running")
                .containsPattern("IP: +\\d")
                .containsPattern("Controlled By: +ReplicationController/agnhost-primary")
                .containsPattern("Image: +agnhost")
                .containsPattern("State: +Running")
                .containsPattern("QoS Class: +BestEffort");
        assertThat(kubectl.run("describe", "rc", "agnhost-primary"))
                .containsPattern("Name: +agnhost-primary")
                .containsPattern("Selector: +app=agnhost,role=primary")
                .containsPattern("Annotations: +<none>")
                .containsPattern("Replicas: +1 current / 1 desired")
                .containsPattern("Pods Status: +1 Running / 0 Waiting / 0 Succeeded / 0 Failed")
                .contains("Pod Template:")
                .containsPattern("Image: +agnhost")
                .contains("Events:");
        kubectl.run(
                "expose", "rc", "agnhost-primary", "--name=described", "--port=6379", "--target-port=agnhost-server");
        assertThat(kubectl.run("describe", "service", "described"))
                .containsPattern("Selector: +app=agnhost,role=primary")
                .containsPattern("Type: +ClusterIP")
                .containsPattern("IP: +\\d")
                .containsPattern("Port: +<unset> +6379/TCP")
                .containsPattern("Endpoints: ")
                .containsPattern("Session Affinity: +None");
        assertThat(kubectl.run("describe", "node", "node-1"))
                .contains(
                        "Labels:", "CreationTimestamp:", "Conditions:", "MemoryPressure", "DiskPressure", "PIDPressure")
                .contains("Ready", "Addresses:", "Capacity:", "Kubelet Version:", "Pods:");
        assertThat(kubectl.run("describe", "namespace", "default"))
                .containsPattern("Name: +default")
                .containsPattern("Status: +Active")
                .contains("No resource quota", "No LimitRange resource");
        kubectl.run("delete", "service", "described");
    }

    @Test
    @Conformance("[sig-cli] Kubectl client Kubectl expose should create services for rc")
    void controllersAndServicesAreExposed() {
        kubectl.run("expose", "rc", "agnhost-primary", "--name=rm2", "--port=1234", "--target-port=6379");
        mustServe("rm2", 1234);
        kubectl.run("expose", "service", "rm2", "--name=rm3", "--port=2345", "--target-port=6379");
        mustServe("rm3", 2345);
        kubectl.run("delete", "service", "rm2", "rm3");
    }

    private static void mustServe(String service, int port) {
        assertThat(kubectl.run(
                        "get", "service", service, "-o", "jsonpath={.spec.ports[0].port} {.spec.ports[0].targetPort}"))
                .isEqualTo(port + " 6379");
        String address = kubectl.run("get", "pod", primaryPod(), "-o", "jsonpath={.status.podIP}");
        await().atMost(HttpCluster.PATIENCE)
                .until(() -> kubectl.run(
                                "get",
                                "endpoints",
                                service,
                                "-o",
                                "jsonpath={.subsets[0].addresses[0].ip}:{.subsets[0].ports[0].port}")
                        .contains(address + ":6379"));
    }

    @Test
    @Conformance("[sig-cli] Kubectl client Kubectl label should update the label on a resource")
    void aLabelIsAddedShownAndTakenAway() {
        pause("labelled");
        kubectl.run("label", "pods", "labelled", "testing-label=testing-label-value");
        assertThat(kubectl.run("get", "pod", "labelled", "-L", "testing-label")).contains("testing-label-value");
        kubectl.run("label", "pods", "labelled", "testing-label-");
        assertThat(kubectl.run("get", "pod", "labelled", "-L", "testing-label")).doesNotContain("testing-label-value");
    }

    @Test
    @Conformance("[sig-cli] Kubectl client Kubectl patch should add annotations for pods in rc")
    void aPodOfAControllerIsPatched() {
        String pod = primaryPod();
        kubectl.run("patch", "pod", pod, "-p", "{\"metadata\":{\"annotations\":{\"x\":\"y\"}}}");
        assertThat(kubectl.run("get", "pod", pod, "-o", "jsonpath={.metadata.annotations.x}"))
                .isEqualTo("y");
    }

    @Test
    @Conformance({
        "[sig-cli] Kubectl client Kubectl run pod should create a pod from an image when restart is Never",
        "[sig-cli] Kubectl client Kubectl replace should update a single-container pod's image"
    })
    void aPodIsRunAndItsImageReplaced() {
        kubectl.run(
                "run", "e2e-test-httpd-pod", "--restart=Never", "--image=httpd:1", "--labels=run=e2e-test-httpd-pod");
        assertThat(kubectl.run(
                        "get",
                        "pod",
                        "e2e-test-httpd-pod",
                        "-o",
                        "jsonpath={.spec.containers[0].image} {.spec.restartPolicy}"))
                .isEqualTo("httpd:1 Never");
        kubectl.run("wait", "pod", "e2e-test-httpd-pod", "--for=condition=Ready", "--timeout=150s");
        String json = kubectl.run("get", "pod", "e2e-test-httpd-pod", "-o", "json");
        kubectl.fed(json.replace("\"image\": \"httpd:1\"", "\"image\": \"busybox:2\""), "replace", "-f", "-");
        assertThat(kubectl.run("get", "pod", "e2e-test-httpd-pod", "-o", "jsonpath={.spec.containers[0].image}"))
                .isEqualTo("busybox:2");
    }

    @Test
    @Conformance("[sig-cli] Kubectl client Kubectl server-side dry-run should check if kubectl can dry-run update Pods")
    void whatIsTriedOnlyChangesNothing() {
        kubectl.run("run", "tried", "--image=httpd:1", "--labels=run=tried");
        kubectl.run(
                "patch",
                "pod",
                "tried",
                "-p",
                "{\"spec\":{\"containers\":[{\"name\":\"tried\",\"image\":\"busybox:2\"}]}}",
                "--dry-run=server");
        assertThat(kubectl.run("get", "pod", "tried", "-o", "jsonpath={.spec.containers[0].image}"))
                .isEqualTo("httpd:1");
    }

    @Test
    @Conformance(
            "[sig-cli] Kubectl client Kubectl diff should check if kubectl diff finds a difference for Deployments")
    void aDifferenceIsFound() {
        String deployment = """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: httpd-deployment}
                spec:
                  selector: {matchLabels: {app: httpd}}
                  template: {metadata: {labels: {app: httpd}}, spec: {containers: [{name: httpd, image: 'httpd:1'}]}}
                """;
        kubectl.fed(deployment, "create", "-f", "-");
        Kubectl.Ended diff = kubectl.ended(deployment.replace("httpd:1", "busybox:2"), "diff", "-f", "-");
        assertThat(diff.code()).isEqualTo(1);
        assertThat(diff.output()).contains("image: httpd:1", "image: busybox:2");
        kubectl.run("delete", "deployment", "httpd-deployment");
    }

    @Test
    @Conformance("[sig-cli] Kubectl logs logs should be able to retrieve and filter logs")
    void logsAreReadWholeAndInPart() {
        kubectl.run("run", "logs-generator", "--image=logs-generator", "--restart=Never");
        kubectl.run("wait", "pod", "logs-generator", "--for=condition=Ready", "--timeout=150s");
        await().atMost(HttpCluster.PATIENCE)
                .until(() -> kubectl.run("logs", "logs-generator").contains("/pods/20"));
        assertThat(kubectl.run("logs", "logs-generator").lines()).containsExactlyElementsOf(LINES);
        assertThat(kubectl.run("logs", "logs-generator", "--tail=1").lines()).containsExactly(LINES.get(19));
        assertThat(kubectl.run("logs", "logs-generator", "--limit-bytes=1")).isEqualTo("G");
        assertThat(kubectl.run("logs", "logs-generator", "--tail=1", "--timestamps"))
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d+Z GET [^\\n]*\\n");
        await().atMost(HttpCluster.PATIENCE)
                .until(() -> kubectl.run("logs", "logs-generator", "--since=1s").isEmpty());
        assertThat(kubectl.run("logs", "logs-generator", "--since=24h").lines()).hasSize(20);
    }

    @Test
    @Conformance("[sig-cli] Kubectl client Proxy server should support proxy with --port 0")
    void theApiIsReachedThroughAPortOfThisMachine() throws IOException, InterruptedException {
        Path output = folder.resolve("proxy.out");
        Process proxy = kubectl.start(output, "proxy", "-p", "0", "--disable-filter");
        try {
            Pattern port = Pattern.compile("Starting to serve on 127\\.0\\.0\\.1:(\\d+)");
            String said = await().atMost(HttpCluster.PATIENCE)
                    .until(
                            () -> Files.readString(output),
                            text -> port.matcher(text).find());
            Matcher found = port.matcher(said);
            assertThat(found.find()).isTrue();
            String answer = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .build()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + found.group(1) + "/api/"))
                                    .timeout(HttpCluster.PATIENCE)
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            assertThat(HttpCluster.tree(answer).path("versions").toString()).contains("v1");
        } finally {
            proxy.destroyForcibly();
        }
    }

    @Test
    @Conformance("[sig-cli] Kubectl client Proxy server should support --unix-socket=/path")
    void theApiIsReachedThroughASocketInAFolder() throws IOException {
        Path socket = folder.resolve("proxy.sock");
        Process proxy = kubectl.start(folder.resolve("socket.out"), "proxy", "--unix-socket=" + socket);
        try {
            // The file is there a moment before somebody listens to it.
            await().atMost(HttpCluster.PATIENCE)
                    .until(() -> Files.readString(folder.resolve("socket.out")).contains("Starting to serve on"));
            try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                channel.connect(UnixDomainSocketAddress.of(socket));
                channel.write(ByteBuffer.wrap(
                        "GET /api/ HTTP/1.0\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
                ByteBuffer answer = ByteBuffer.allocate(64 * 1024);
                while (channel.read(answer) >= 0) {
                    assertThat(answer.hasRemaining()).isTrue();
                }
                assertThat(new String(answer.array(), 0, answer.position(), StandardCharsets.UTF_8))
                        .contains("200 OK")
                        .contains("\"versions\"");
            }
        } finally {
            proxy.destroyForcibly();
        }
    }

    private static void pause(String name) {
        kubectl.run("run", name, "--image=pause");
    }
}
