package io.orchestrator.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchestrator.api.client.Client;
import io.orchestrator.apiserver.ApiServer;
import io.orchestrator.core.agent.AgentConfig;
import io.orchestrator.core.auth.Identity;
import io.orchestrator.core.auth.Kubeconfig;
import io.orchestrator.core.codec.Manifests;
import io.orchestrator.core.embed.Cluster;
import io.orchestrator.core.embed.ClusterBuilder;
import io.orchestrator.core.runtime.ProcessRuntime;
import io.orchestrator.runtime.docker.DockerRuntime;
import io.orchestrator.testkit.runtime.SimulatedRuntime;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A cluster of two simulated nodes that is asked over HTTPS only, by a client that knows nothing of Kubernetes. */
final class HttpCluster implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);
    static final String MERGE = "application/merge-patch+json";
    static final String STRATEGIC = "application/strategic-merge-patch+json";
    static final String APPLY = "application/apply-patch+yaml";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Manifests YAML = Manifests.builtIn();
    private static final char[] PASSWORD = "test".toCharArray();

    private final Cluster cluster;
    private final Kubeconfig kubeconfig;
    private final HttpClient admin;

    HttpCluster(String name) {
        this(name, builder -> {});
    }

    /** @param more what else is particular to the cluster */
    HttpCluster(String name, Consumer<ClusterBuilder> more) {
        this(
                Cluster.builder()
                        .named(name)
                        .nodes(2)
                        .runtime(environment -> new SimulatedRuntime(environment).withAllImages()),
                more);
    }

    private HttpCluster(ClusterBuilder builder, Consumer<ClusterBuilder> more) {
        builder.apiServer(ApiServer.onPort(0));
        more.accept(builder);
        this.cluster = builder.start();
        this.kubeconfig = cluster.apiServer().orElseThrow().adminKubeconfig();
        this.admin = http(kubeconfig.identity());
        cluster.awaitNodes(PATIENCE);
    }

    /** One whose pods are processes of this machine, on a node that trusts them. @param programs which images stand for which */
    static HttpCluster ofProcesses(String name, UnaryOperator<ProcessRuntime.Builder> programs) {
        return new HttpCluster(
                Cluster.builder().named(name).nodes(1).agents(HttpCluster::trusting),
                builder -> builder.processes(programs));
    }

    /** One whose pods are containers, on a node that trusts them. */
    static HttpCluster ofContainers(String name) {
        return new HttpCluster(
                Cluster.builder()
                        .named(name)
                        .nodes(1)
                        .runtime(DockerRuntime.local())
                        .agents(HttpCluster::trusting)
                        .podGrace(Duration.ofSeconds(1)),
                builder -> {});
    }

    /** Grants what is the host's, and looks every second at those that may have only so much of its disk. */
    private static AgentConfig trusting(AgentConfig agent) {
        AgentConfig.Timing timing = agent.timing();
        return agent.withPolicy(AgentConfig.Policy.trusting())
                .withTiming(new AgentConfig.Timing(
                        timing.leaseRenewal(),
                        timing.leaseDuration(),
                        timing.statusRenewal(),
                        timing.callDeadline(),
                        timing.pullDeadline(),
                        timing.relist(),
                        timing.volumeRefresh(),
                        Duration.ofSeconds(1),
                        timing.imageLook()));
    }

    /** The same cluster, seen from within. */
    Client client() {
        return cluster.client();
    }

    Kubeconfig kubeconfig() {
        return kubeconfig;
    }

    /** A caller with all rights. */
    HttpClient admin() {
        return admin;
    }

    /** A caller that shows this identity, or none. */
    HttpClient http(@Nullable Identity identity) {
        return HttpClient.newBuilder().sslContext(tls(identity)).build();
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(kubeconfig.server() + path)).timeout(PATIENCE);
    }

    Answer get(String path) {
        return send(admin, to(path));
    }

    Answer get(String path, String accept) {
        return send(admin, to(path).header("Accept", accept));
    }

    Answer post(String path, String body) {
        return write("POST", path, "application/json", body);
    }

    Answer put(String path, JsonNode body) {
        return write("PUT", path, "application/json", body.toString());
    }

    Answer patch(String path, String type, String body) {
        return write("PATCH", path, type, body);
    }

    Answer delete(String path) {
        return send(admin, to(path).DELETE());
    }

    /** @param body YAML, sent as JSON; bytes that begin with {@code !} are sent as they are */
    Answer write(String method, String path, String type, String body) {
        String sent = body.startsWith("!") ? body.substring(1) : tree(body).toString();
        return send(admin, to(path).header("Content-Type", type).method(method, BodyPublishers.ofString(sent)));
    }

    /** Reads, changes and replaces, again when somebody else was faster; what it is then. */
    ObjectNode edit(String path, Consumer<ObjectNode> change) {
        for (int tries = 1; ; tries++) {
            ObjectNode wanted = (ObjectNode) get(path).mustBe(200).json();
            change.accept(wanted);
            Answer answer = put(path, wanted);
            if (answer.code() != 409 || tries == 10) {
                return (ObjectNode) answer.mustBe(200).json();
            }
        }
    }

    /** The object that was made. */
    ObjectNode create(String path, String body) {
        return (ObjectNode) post(path, body).mustBe(201).json();
    }

    static JsonNode tree(String yaml) {
        return YAML.documents(yaml).get(0);
    }

    static Answer send(HttpClient http, HttpRequest.Builder request) {
        try {
            return new Answer(http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A watch that the server ends after some seconds. */
    Events watch(String path) {
        try {
            HttpResponse<InputStream> answer = admin.send(
                    to(path + (path.contains("?") ? "&" : "?") + "watch=true&timeoutSeconds=50")
                            .build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            assertThat(answer.statusCode()).isEqualTo(200);
            return new Events(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private SSLContext tls(@Nullable Identity identity) {
        try {
            X509Certificate authority = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(
                            new ByteArrayInputStream(kubeconfig.authorityPem().getBytes(StandardCharsets.US_ASCII)));
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("authority", authority);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            if (identity == null) {
                context.init(null, trust.getTrustManagers(), null);
            } else {
                KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                keys.init(identity.keyStore(PASSWORD, authority), PASSWORD);
                context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            }
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        cluster.close();
    }

    /** What came back. */
    record Answer(HttpResponse<byte[]> response) {
        int code() {
            return response.statusCode();
        }

        Answer mustBe(int code) {
            assertThat(code()).as("%s: %s", response.request().uri(), text()).isEqualTo(code);
            return this;
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        String text() {
            return new String(response.body(), StandardCharsets.UTF_8);
        }

        String message() {
            return json().path("message").asText();
        }

        JsonNode json() {
            try {
                return JSON.readTree(response.body());
            } catch (IOException e) {
                throw new UncheckedIOException("not JSON: " + text(), e);
            }
        }
    }
}
