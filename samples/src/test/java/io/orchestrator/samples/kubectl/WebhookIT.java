package io.orchestrator.samples.kubectl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.apiserver.ApiServer;
import io.orchestrator.core.auth.CertificateAuthority;
import io.orchestrator.core.auth.Identity;
import io.orchestrator.core.embed.Cluster;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What authors of admission webhooks do: they serve HTTPS, where a pod is or anywhere else, and install their webhook with the
 * client that they have.
 */
@Timeout(300)
class WebhookIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final char[] PASSWORD = "hook".toCharArray();
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final ExecutorService threads = Executors.newCachedThreadPool();
    private static Cluster cluster;
    private static CertificateAuthority authority;
    private static HttpsServer server;
    private static String address;

    @TempDir
    Path folder;

    /** The server listens at the address of a pod, as if it ran in it. */
    @BeforeAll
    static void open() throws IOException, GeneralSecurityException {
        cluster = Cluster.builder()
                .named("webhooks")
                .localWebhooks()
                .apiServer(ApiServer.onPort(0))
                .podGrace(Duration.ofSeconds(2))
                .start();
        cluster.awaitNodes(PATIENCE);
        Client client = cluster.client();
        client.create(Pod.named("hook")
                .label("app", "hook")
                .container("main", "busybox:1.36", container -> container.command("sleep", "1000"))
                .build());
        await().atMost(PATIENCE).until(() -> isReady(client.pods().get("hook")));
        address = client.pods().get("hook").status().podIP();
        authority = CertificateAuthority.create("hooks", Clock.systemUTC(), new SecureRandom());
        server = HttpsServer.create(new InetSocketAddress(address, 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls()));
        server.setExecutor(threads);
        server.createContext("/label", WebhookIT::label);
        server.createContext("/judge", WebhookIT::judge);
        server.start();
        client.create(Service.named("hook")
                .selects("app", "hook")
                .port(443, server.getAddress().getPort())
                .build());
    }

    private static boolean isReady(Pod pod) {
        return pod.status().conditions().stream()
                .anyMatch(each -> each.type().equals("Ready") && each.status().equals("True"));
    }

    private static SSLContext tls() throws GeneralSecurityException, IOException {
        Identity identity = authority.issueServer(List.of("hook.default.svc"), List.of(address));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(identity.keyStore(PASSWORD, authority.certificate()), PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    @AfterAll
    static void close() {
        server.stop(0);
        threads.shutdownNow();
        cluster.close();
    }

    /** Labels whatever it is asked about. */
    private static void label(HttpExchange exchange) throws IOException {
        answer(exchange, (request, response) -> {
            String labels = "[{\"op\":\"add\",\"path\":\"/metadata/labels\",\"value\":{\"seen\":\"yes\"}}]";
            response.put("allowed", true).put("patchType", "JSONPatch");
            response.put("patch", Base64.getEncoder().encodeToString(labels.getBytes(StandardCharsets.UTF_8)));
        });
    }

    /** Refuses what says of itself that it is bad. */
    private static void judge(HttpExchange exchange) throws IOException {
        answer(exchange, (request, response) -> {
            boolean bad = request.at("/object/data/bad").asText().equals("yes");
            response.put("allowed", !bad);
            if (bad) {
                response.putObject("status").put("code", 403).put("message", "nothing bad here");
            }
        });
    }

    /** What a webhook thinks of a request. */
    private interface Opinion {
        void of(JsonNode request, ObjectNode response);
    }

    private static void answer(HttpExchange exchange, Opinion opinion) throws IOException {
        try (exchange) {
            JsonNode request = JSON.readTree(exchange.getRequestBody()).path("request");
            ObjectNode review = JSON.createObjectNode();
            review.put("apiVersion", "admission.k8s.io/v1").put("kind", "AdmissionReview");
            ObjectNode response = review.putObject("response");
            response.put("uid", request.path("uid").asText());
            opinion.of(request, response);
            byte[] body = JSON.writeValueAsBytes(review);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static String bundle() {
        return Base64.getEncoder().encodeToString(authority.certificatePem().getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void kubectlInstallsAWebhookInAPodThatDenies() throws Exception {
        List<KubectlProgram> programs = KubectlProgram.found();
        assumeTrue(!programs.isEmpty(), "there is no kubectl.1.N beside a kubectl on the PATH");
        Path kubeconfig = folder.resolve("kubeconfig");
        Files.writeString(
                kubeconfig, cluster.apiServer().orElseThrow().adminKubeconfig().toYaml());
        Files.writeString(folder.resolve("hook.yaml"), """
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingWebhookConfiguration
            metadata: {name: judge}
            webhooks:
            - name: judge.example.com
              admissionReviewVersions: [v1]
              sideEffects: None
              clientConfig:
                service: {namespace: default, name: hook, path: /judge}
                caBundle: %s
              rules:
              - {apiGroups: [""], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [configmaps]}
            """.formatted(bundle()));
        Command kubectl = new Command(programs.get(programs.size() - 1), folder, kubeconfig, folder.resolve("cache"));

        Command.Ended installed = kubectl.run(List.of("apply", "-f", "hook.yaml"));
        assertThat(installed.output()).contains("judge created");
        Command.Ended denied = kubectl.repeatUntil(
                List.of("create", "configmap", "a", "--from-literal=bad=yes", "--dry-run=server"),
                ended -> ended.code() != 0);
        assertThat(denied.output())
                .contains("admission webhook \"judge.example.com\" denied the request: nothing bad here");
        Command.Ended allowed = kubectl.run(List.of("create", "configmap", "b", "--from-literal=bad=no"));
        assertThat(allowed.output()).contains("configmap/b created");
        assertThat(kubectl.run(List.of("patch", "configmap", "b", "-p", "{\"data\":{\"bad\":\"yes\"}}"))
                        .output())
                .contains("denied the request: nothing bad here");
        assertThat(kubectl.run(List.of("delete", "-f", "hook.yaml")).output()).contains("\"judge\" deleted");
    }

    @Test
    void fabric8InstallsAWebhookAtAUrlThatMutates() {
        Config config = Config.fromKubeconfig(
                cluster.apiServer().orElseThrow().adminKubeconfig().toYaml());
        try (KubernetesClient client =
                new KubernetesClientBuilder().withConfig(config).build()) {
            client.resource(new MutatingWebhookConfigurationBuilder()
                            .withNewMetadata()
                            .withName("label")
                            .endMetadata()
                            .addNewWebhook()
                            .withName("label.example.com")
                            .withAdmissionReviewVersions("v1")
                            .withSideEffects("None")
                            .withNewClientConfig()
                            .withUrl("https://" + address + ":"
                                    + server.getAddress().getPort() + "/label")
                            .withCaBundle(bundle())
                            .endClientConfig()
                            .addNewRule()
                            .withApiGroups("")
                            .withApiVersions("v1")
                            .withOperations("CREATE")
                            .withResources("configmaps")
                            .endRule()
                            .endWebhook()
                            .build())
                    .create();
            await().atMost(PATIENCE).untilAsserted(() -> {
                ConfigMap made = client.resource(new ConfigMapBuilder()
                                .withNewMetadata()
                                .withGenerateName("made-")
                                .withNamespace("default")
                                .endMetadata()
                                .build())
                        .create();
                assertThat(made.getMetadata().getLabels()).containsEntry("seen", "yes");
            });
            client.admissionRegistration()
                    .v1()
                    .mutatingWebhookConfigurations()
                    .withName("label")
                    .delete();
        }
    }
}
