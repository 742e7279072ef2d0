package io.orchestrator.apiserver;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orchestrator.api.client.Client;
import io.orchestrator.core.auth.Identity;
import io.orchestrator.core.auth.Kubeconfig;
import io.orchestrator.core.embed.Cluster;
import io.orchestrator.core.embed.ClusterBuilder;
import io.orchestrator.core.embed.FrontDoor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A cluster without nodes whose API is asked over HTTPS, as a stranger's program would ask it. */
final class ServedCluster implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();
    static final String NO_TYPE = "-";

    private static final char[] PASSWORD = "test".toCharArray();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Cluster cluster;
    private final FrontDoor.Opened door;
    private final Kubeconfig kubeconfig;
    private final HttpClient admin;
    private final HttpClient nobody;

    ServedCluster(ApiServer server) {
        this(server, builder -> {});
    }

    /** @param more what else is particular to the cluster */
    ServedCluster(ApiServer server, Consumer<ClusterBuilder> more) {
        ClusterBuilder builder = Cluster.builder().named("served").nodes(0).apiServer(server);
        more.accept(builder);
        this.cluster = builder.start();
        this.door = cluster.apiServer().orElseThrow();
        this.kubeconfig = door.adminKubeconfig();
        this.admin = http(HttpClient.Version.HTTP_2);
        this.nobody = HttpClient.newBuilder().sslContext(tls(null)).build();
    }

    Client client() {
        return cluster.client();
    }

    String url() {
        return door.url();
    }

    /** Where it is asked without TLS; fails where it is not. */
    String cleartextUrl() {
        return door.cleartextUrl().orElseThrow();
    }

    /** Who signed its certificate. */
    String authorityPem() {
        return kubeconfig.authorityPem();
    }

    /** Of who has all rights. */
    Identity adminIdentity() {
        return kubeconfig.identity();
    }

    /** A client of its own with all rights, and so with a connection of its own. */
    HttpClient http(HttpClient.Version version) {
        return HttpClient.newBuilder()
                .version(version)
                .sslContext(tls(kubeconfig.identity()))
                .build();
    }

    /**
     * The same when it has been used and is known to be answered, for servers whose idle time is short: on a busy machine, a new
     * connection may be idle for longer before its first request is sent.
     */
    HttpClient usedHttp(HttpClient.Version version) {
        HttpClient http = http(version);
        HttpResponse<String> answer = await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .until(() -> exchange(http, to("/version").build(), HttpResponse.BodyHandlers.ofString()), any -> true);
        if (answer.statusCode() != 200) {
            throw new AssertionError("asked for the version, the server answers " + answer.statusCode());
        }
        return http;
    }

    /** The context of a caller with all rights. */
    SSLContext adminTls() {
        return tls(kubeconfig.identity());
    }

    /** The context of a caller that shows this identity, or none. */
    SSLContext tls(@Nullable Identity identity) {
        try {
            X509Certificate authority = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(
                            new ByteArrayInputStream(kubeconfig.authorityPem().getBytes(StandardCharsets.US_ASCII)));
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("authority", authority);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(identity == null ? null : identity.keyStore(PASSWORD, authority), PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(identity == null ? null : keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A request to this path; its answer must come in time. */
    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(url() + path)).timeout(PATIENCE);
    }

    /** @param contentType {@link #NO_TYPE} sends none */
    Answer send(String method, String path, String contentType, byte[] body) {
        HttpRequest.Builder request = to(path).method(
                        method,
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        if (!contentType.equals(NO_TYPE)) {
            request.header("Content-Type", contentType);
        }
        return send(request.build());
    }

    Answer send(String method, String path, String contentType, String body) {
        return send(method, path, contentType, body.getBytes(StandardCharsets.UTF_8));
    }

    Answer get(String path) {
        return send(to(path).build());
    }

    Answer send(HttpRequest request) {
        return new Answer(exchange(admin, request, HttpResponse.BodyHandlers.ofByteArray()));
    }

    /** Sends it without a certificate and whatever else the request does not bring itself. */
    Answer sendAsNobody(HttpRequest request) {
        return new Answer(exchange(nobody, request, HttpResponse.BodyHandlers.ofByteArray()));
    }

    static <B> HttpResponse<B> exchange(HttpClient http, HttpRequest request, BodyHandler<B> handler) {
        try {
            return http.send(request, handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Returns when the server has closed a connection on which nothing happened. */
    void untilAnIdleConnectionIsClosed() throws IOException {
        URI url = URI.create(url());
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            if (socket.getInputStream().read() != -1) {
                throw new AssertionError("the server speaks first");
            }
        }
    }

    /** The threads that a closed server must not leave. */
    static List<String> serverThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("orchestrator-served") || name.startsWith("apiserver"))
                .toList();
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

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        String text() {
            return new String(response.body(), StandardCharsets.UTF_8);
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
