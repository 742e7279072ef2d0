package io.orchestrator.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.conformance.HttpCluster.Answer;
import io.orchestrator.testkit.junit.Conformance;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The API server as the way to a pod and to a service, for every method. What the pod says is said here, on its address. */
@Timeout(60)
class ProxyConformanceTest {
    private static final int PORT = 8090;
    private static final String BASE = "/api/v1/namespaces/default/";

    private static HttpCluster cluster;
    private static HttpServer server;

    @BeforeAll
    static void open() throws IOException {
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
                        .build());
        String address = cluster.client()
                .pods()
                .awaitReady("web", HttpCluster.PATIENCE)
                .status()
                .podIP();
        server = HttpServer.create(new InetSocketAddress(address, PORT), 10);
        server.createContext("/", ProxyConformanceTest::echo);
        server.start();
        await().atMost(HttpCluster.PATIENCE)
                .until(() -> cluster.get(BASE + "services/web:port/proxy/").code() == 200);
    }

    @AfterAll
    static void close() {
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
    @Conformance(
            "[sig-network] Proxy version v1 A set of valid responses are returned for both pod and service ProxyWithPath")
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
}
