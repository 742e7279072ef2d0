package io.orchestrator.samples.streams;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.apiserver.ApiServer;
import io.orchestrator.core.embed.Cluster;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Through {@code kubectl proxy} and the API server to a pod, whose pages this test serves on the pod's address. */
@Timeout(240)
class PodProxyIT {
    private static final int PORT = 8090;
    private static final int RAW_PORT = 8091;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String POD = "/api/v1/namespaces/default/pods/web:" + PORT + "/proxy";
    private static final String SERVICE = "/api/v1/namespaces/default/services/web:http/proxy";

    @TempDir
    static Path folder;

    private static Cluster cluster;
    private static KubectlProgram.Bound kubectl;
    private static KubectlProgram.Running proxy;
    private static String url;
    private static String address;
    private static HttpServer server;
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @BeforeAll
    static void open() throws IOException {
        cluster = Cluster.builder()
                .named("proxied")
                .podGrace(Duration.ofSeconds(1))
                .apiServer(ApiServer.onPort(0))
                .start();
        Path kubeconfig = folder.resolve("kubeconfig");
        Files.writeString(
                kubeconfig, cluster.apiServer().orElseThrow().adminKubeconfig().toYaml());
        cluster.client()
                .create(Pod.named("web")
                        .label("app", "web")
                        .container(
                                "main", "any", c -> c.command("sleep", "1000").port(PORT))
                        .build());
        cluster.client()
                .create(Service.named("web")
                        .selects("app", "web")
                        .port("http", 9000, PORT)
                        .build());
        address = cluster.client().pods().awaitReady("web", PATIENCE).status().podIP();
        server = HttpServer.create(new InetSocketAddress(address, PORT), 10);
        server.createContext("/", PodProxyIT::echo);
        server.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().add("Location", "/there?x=1");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.start();
        kubectl = KubectlProgram.installed()
                .reduce((first, second) -> second)
                .orElseThrow()
                .with(kubeconfig, folder);
        proxy = kubectl.start("proxy", "--port=0");
        String said = proxy.untilItSays("Starting to serve on ");
        url = "http://" + said.replaceAll("(?s).*serve on ([0-9.:]+).*", "$1");
    }

    /** Says what was asked. */
    private static void echo(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String said = exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + new String(body, StandardCharsets.UTF_8)
                + (exchange.getRequestHeaders().containsKey("Authorization") ? " knows who asks" : "");
        byte[] bytes = said.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("X-Echo", "yes");
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(218, head ? -1 : 0);
        if (!head) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    @AfterAll
    static void close() throws Exception {
        proxy.close();
        server.stop(0);
        cluster.close();
    }

    private static HttpResponse<String> send(String method, String path, String body) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(url + path))
                        .timeout(PATIENCE)
                        .header("Authorization", "Bearer something")
                        .method(
                                method,
                                body.isEmpty()
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "PATCH", "DELETE"})
    void everyMethodReachesThePodWithPathQueryAndBody(String method) throws Exception {
        String body = method.equals("GET") ? "" : "{\"a\":1}";
        HttpResponse<String> answer = send(method, POD + "/some/path?x=1&y=%2F", body);
        assertThat(answer.statusCode()).isEqualTo(218);
        assertThat(answer.headers().firstValue("X-Echo")).contains("yes");
        assertThat(answer.body()).isEqualTo(method + " /some/path?x=1&y=%2F " + body);
    }

    @Test
    void aServiceLeadsToItsPods() throws Exception {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(send("GET", SERVICE + "/hello", "").body()).isEqualTo("GET /hello "));
        assertThat(kubectl.run("", "get", "--raw", SERVICE.replace(":http", ":9000") + "/raw")
                        .output())
                .isEqualTo("GET /raw ");
        assertThat(send("GET", SERVICE.replace(":http", ":other") + "/", "").statusCode())
                .isEqualTo(503);
    }

    @Test
    void headHasNoBodyAndRedirectsLeadBackThroughTheProxy() throws Exception {
        assertThat(send("HEAD", POD + "/", "").statusCode()).isEqualTo(218);
        assertThat(send("GET", POD + "/moved", "").headers().firstValue("Location"))
                .contains(POD + "/there?x=1");
        HttpResponse<String> bare = send("GET", POD + "?x=1", "");
        assertThat(bare.statusCode()).isEqualTo(301);
        assertThat(bare.headers().firstValue("Location")).contains(POD + "/?x=1");
    }

    @Test
    void whereNobodyListensThereIsAnAnswerAllTheSame() throws Exception {
        HttpResponse<String> answer = send("GET", POD.replace(":" + PORT, ":9999") + "/", "");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("error trying to reach service");
        assertThat(send("GET", POD.replace("pods/web", "pods/ftp:web") + "/", "")
                        .statusCode())
                .isEqualTo(400);
        assertThat(send("GET", POD.replace("pods/web", "pods/none") + "/", "").statusCode())
                .isEqualTo(404);
    }

    @Test
    void anUpgradeIsPassedThrough() throws Exception {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        URI api = URI.create(url);
        try (ServerSocket pod = new ServerSocket(RAW_PORT, 5, java.net.InetAddress.getByName(address));
                Socket client = new Socket(api.getHost(), api.getPort())) {
            var served = threads.submit(() -> {
                try (Socket socket = pod.accept()) {
                    readHead(socket);
                    socket.getOutputStream()
                            .write("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: shout\r\n\r\nhi"
                                    .getBytes(StandardCharsets.US_ASCII));
                    String said = new String(socket.getInputStream().readNBytes(5), StandardCharsets.US_ASCII);
                    socket.getOutputStream().write((said + "!").getBytes(StandardCharsets.US_ASCII));
                }
                return null;
            });
            client.setSoTimeout((int) PATIENCE.toMillis());
            client.getOutputStream()
                    .write(("GET " + POD.replace(":" + PORT, ":" + RAW_PORT)
                                    + "/ HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: shout\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(readHead(client)).startsWith("HTTP/1.1 101");
            assertThat(client.getInputStream().readNBytes(2)).asString().isEqualTo("hi");
            client.getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII));
            assertThat(client.getInputStream().readNBytes(6)).asString().isEqualTo("hello!");
            served.get(20, java.util.concurrent.TimeUnit.SECONDS);
        } finally {
            threads.shutdownNow();
        }
    }

    private static String readHead(Socket socket) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("no head: " + head);
            }
            head.append((char) next);
        }
        return head.toString();
    }

    @Test
    void aNodeSaysThatItIsWell() throws Exception {
        String node = cluster.client().nodes().list().items().get(0).metadata().name();
        assertThat(send("GET", "/api/v1/nodes/" + node + "/proxy/healthz", "").body())
                .isEqualTo("ok");
        assertThat(send("GET", "/api/v1/nodes/" + node + "/proxy/pods", "").body())
                .contains("\"web\"");
        assertThat(send("GET", "/api/v1/nodes/" + node + "/proxy/logs/", "").statusCode())
                .isEqualTo(404);
    }
}
