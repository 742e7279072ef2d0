package io.orchestrator.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.conformance.HttpCluster.Answer;
import io.orchestrator.core.auth.CertificateAuthority;
import io.orchestrator.core.auth.Identity;
import io.orchestrator.testkit.junit.Conformance;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The API server as the way to a pod and to a service, for every method. What the pod says is said here, on its address. */
@Timeout(240)
class ProxyConformanceTest {
    private static final int PORT = 8090;
    private static final int TLS_PORT = 8443;
    private static final String BASE = "/api/v1/namespaces/default/";

    private static HttpCluster cluster;
    private static HttpServer server;
    private static HttpsServer encrypted;

    @BeforeAll
    static void open() throws IOException, GeneralSecurityException {
        cluster = HttpCluster.ofProcesses("proxy-conformance", builder -> builder);
        cluster.client()
                .create(Pod.named("web")
                        .label("app", "web")
                        .container(
                                "main", "any", c -> c.command("sleep", "1000").port(PORT))
                        .build());
        cluster.client()
                .create(Service.named("web")
                        .selects("app", "web")
                        .port("port", 80, PORT)
                        .port("portname2", 81, PORT)
                        .port("tlsportname1", 443, TLS_PORT)
                        .build());
        String address = cluster.client()
                .pods()
                .awaitReady("web", HttpCluster.PATIENCE)
                .status()
                .podIP();
        server = HttpServer.create(new InetSocketAddress(address, PORT), 10);
        server.createContext("/", ProxyConformanceTest::echo);
        server.start();
        encrypted = HttpsServer.create(new InetSocketAddress(address, TLS_PORT), 10);
        encrypted.setHttpsConfigurator(new HttpsConfigurator(somebody()));
        encrypted.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("X-Encrypted", "yes");
            echo(exchange);
        });
        encrypted.start();
        await().atMost(HttpCluster.PATIENCE)
                .until(() -> cluster.get(BASE + "services/web:port/proxy/").code() == 200);
    }

    /** A server whose certificate nobody knows. */
    private static SSLContext somebody() throws GeneralSecurityException, IOException {
        CertificateAuthority authority = CertificateAuthority.create("somebody", Clock.systemUTC(), new SecureRandom());
        Identity identity = authority.issueServer(List.of("somewhere.example"), List.of());
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        char[] password = "test".toCharArray();
        keys.init(identity.keyStore(password, authority.certificate()), password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    @AfterAll
    static void close() {
        if (encrypted != null) {
            encrypted.stop(0);
        }
        if (server != null) {
            server.stop(0);
        }
        cluster.close();
    }

    private static void echo(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        byte[] said = (exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body)
                .getBytes(StandardCharsets.UTF_8);
        boolean bodiless = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(200, bodiless ? -1 : said.length);
        if (!bodiless) {
            exchange.getResponseBody().write(said);
        }
        exchange.close();
    }

    private static Answer send(String method, String path) {
        return HttpCluster.send(
                cluster.admin(), cluster.to(BASE + path).method(method, BodyPublishers.ofString("foo")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE", "OPTIONS", "PATCH", "POST", "PUT"})
    @Conformance("[sig-network] Proxy version v1 A set of valid responses are returned for both pod and service Proxy")
    void everyMethodReachesBothWithoutAPath(String method) {
        assertThat(send(method, "pods/web:" + PORT + "/proxy?method=" + method)
                        .mustBe(200)
                        .text())
                .isEqualTo(method + " /?method=" + method + " foo");
        assertThat(send(method, "services/web:port/proxy?method=" + method)
                        .mustBe(200)
                        .text())
                .isEqualTo(method + " /?method=" + method + " foo");
        for (String reader : new String[] {"GET", "HEAD"}) {
            assertThat(send(reader, "pods/web:" + PORT + "/proxy?method=" + reader)
                            .mustBe(301)
                            .header("Location"))
                    .endsWith("/proxy/?method=" + reader);
            assertThat(send(reader, "services/web:port/proxy?method=" + reader)
                            .mustBe(301)
                            .header("Location"))
                    .endsWith("/proxy/?method=" + reader);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"})
    @Conformance("[sig-network] Proxy version v1 A set of valid responses are returned for both pod and service"
            + " ProxyWithPath")
    void everyMethodReachesBothWithAPath(String method) {
        String expected = method.equals("HEAD") ? "" : method + " /some/path/with/" + method + " foo";
        assertThat(send(method, "pods/web:" + PORT + "/proxy/some/path/with/" + method)
                        .mustBe(200)
                        .text())
                .isEqualTo(expected);
        assertThat(send(method, "services/web:port/proxy/some/path/with/" + method)
                        .mustBe(200)
                        .text())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "services/web:port",
                "services/web:80",
                "services/web:portname2",
                "services/web:81",
                "services/http:web:port",
                "services/http:web:81",
                "services/https:web:tlsportname1",
                "services/https:web:443",
                "pods/web",
                "pods/web:" + PORT,
                "pods/http:web:" + PORT,
                "pods/https:web:" + TLS_PORT
            })
    @Conformance("[sig-network] Proxy version v1 should proxy through a service and a pod")
    void everyWayOfNamingAPortAndASchemeLeadsThere(String name) {
        for (String path : new String[] {"/", "/some/path?x=1"}) {
            Answer answer = cluster.get(BASE + name + "/proxy" + path).mustBe(200);
            assertThat(answer.text()).isEqualTo("GET " + path + " ");
            assertThat(answer.header("X-Encrypted")).isEqualTo(name.contains("https:") ? "yes" : "");
        }
    }

    @Test
    void aServiceOfSeveralPortsMustBeToldWhich() {
        assertThat(cluster.get(BASE + "services/web/proxy/").code()).isEqualTo(503);
    }
}
