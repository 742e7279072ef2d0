package io.orchestrator.samples.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.core.client.config.ClusterAccess;
import io.orchestrator.core.client.config.Credentials;
import io.orchestrator.core.client.config.Impersonation;
import io.orchestrator.core.client.config.ServerTrust;
import io.orchestrator.core.client.http.HttpSettings;
import io.orchestrator.core.client.http.HttpTransport;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.env.SystemEnvironment;
import io.orchestrator.core.schema.Schemas;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers that are busy, gone, silent, or do not believe who asks: what the client over HTTP makes of them. */
@Timeout(240)
class HttpFaultsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Duration ENOUGH_FOR_A_WATCH_TO_BEGIN = Duration.ofSeconds(10);
    private static final String MAP = "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"a\","
            + "\"namespace\":\"default\",\"resourceVersion\":\"7\"},\"data\":{\"k\":\"1\"}}";

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private SystemEnvironment threads;
    private ExecutorService workers;
    private HttpServer server;
    private Answer answer = exchange -> reply(exchange, 200, MAP);
    private HttpSettings settings = HttpSettings.of("faults/1").requestsWithin(PATIENCE);

    /** What the server does with a request. */
    private interface Answer {
        void to(HttpExchange exchange) throws IOException, InterruptedException;
    }

    @BeforeEach
    void open() throws IOException {
        threads = new SystemEnvironment("http-faults");
        workers = Executors.newCachedThreadPool();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(workers);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            try {
                answer.to(exchange);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
    }

    @AfterEach
    void close() {
        end.countDown();
        server.stop(0);
        workers.shutdownNow();
        threads.close();
    }

    private static void reply(HttpExchange exchange, int code, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private Client client(Credentials credentials, Impersonation onBehalf, URI... servers) {
        ClusterAccess access =
                new ClusterAccess(List.of(servers), ServerTrust.ofJvm(), credentials, Optional.empty(), onBehalf, "");
        return new Client(new HttpTransport(
                access, settings.connectionsWithin(PATIENCE), new ObjectCodec(new Schemas()), threads.environment()));
    }

    private Client client(URI... servers) {
        return client(Credentials.always(Credentials.Shown.bearer("t")), Impersonation.none(), servers);
    }

    private static URI nobody() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return URI.create("http://127.0.0.1:" + free.getLocalPort());
        }
    }

    private static ApiException refused(Runnable request) {
        return catchThrowableOfType(ApiException.class, request::run);
    }

    @Test
    void aBusyServerIsAskedAgainWhenItSaidSo() {
        answer = exchange -> {
            if (asked.size() == 1) {
                exchange.getResponseHeaders().add("Retry-After", "1");
                reply(exchange, 429, "slow down");
            } else {
                reply(exchange, 201, MAP);
            }
        };
        assertThat(client(url())
                        .create(ConfigMap.named("a").data("k", "1").build())
                        .metadata()
                        .name())
                .isEqualTo("a");
        assertThat(asked).hasSize(2);
    }

    @Test
    void aServerThatStaysBusyIsReportedWithItsWish() {
        answer = exchange -> {
            exchange.getResponseHeaders().add("Retry-After", "60");
            reply(exchange, 429, "slow down");
        };
        ApiException refused = refused(() -> client(url()).configMaps().get("a"));
        assertThat(refused.reason()).isEqualTo(Reason.TOO_MANY_REQUESTS);
        assertThat(refused.retryAfterSeconds()).isEqualTo(60);
        assertThat(asked).hasSize(1);
    }

    @Test
    void whereOneServerIsGoneTheNextOneIsAskedAlsoForWrites() throws IOException {
        answer = exchange -> reply(exchange, 201, MAP);
        Client client = client(nobody(), url());
        assertThat(client.create(ConfigMap.named("a").data("k", "1").build())
                        .metadata()
                        .name())
                .isEqualTo("a");
        assertThat(asked).hasSize(1);
    }

    @Test
    void aWriteWhoseAnswerIsLostIsNotSentTwice() {
        answer = HttpExchange::close;
        ApiException refused = refused(
                () -> client(url()).create(ConfigMap.named("a").data("k", "1").build()));
        assertThat(refused.outcomeUnknown()).isTrue();
        assertThat(asked).hasSize(1);
    }

    @Test
    void aServerThatDoesNotAnswerIsWaitedForNoLongerThanTheDeadline() {
        settings = settings.requestsWithin(SHORT);
        answer = exchange -> end.await();
        ApiException refused = refused(() -> client(url()).configMaps().get("a"));
        assertThat(refused.reason()).isEqualTo(Reason.TIMEOUT);
    }

    @Test
    void refusedCredentialsAreReplacedByFreshOnesOnce() {
        AtomicInteger fetched = new AtomicInteger();
        Credentials ageing = new Credentials() {
            @Override
            public Shown current() {
                return Shown.bearer("token-" + fetched.get());
            }

            @Override
            public boolean refused(Shown shown) {
                return fetched.incrementAndGet() > 0;
            }
        };
        answer = exchange -> {
            boolean fresh = "Bearer token-1".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            reply(exchange, fresh ? 200 : 401, fresh ? MAP : "who?");
        };
        assertThat(client(ageing, Impersonation.none(), url())
                        .configMaps()
                        .get("a")
                        .data())
                .containsEntry("k", "1");
        assertThat(asked).hasSize(2);
    }

    @Test
    void requestsAreMadeOnBehalfOfOthers() {
        List<String> headers = new CopyOnWriteArrayList<>();
        answer = exchange -> {
            for (String name : List.of("Impersonate-User", "Impersonate-Group", "Impersonate-Extra-A%2fb")) {
                headers.add(String.valueOf(exchange.getRequestHeaders().get(name)));
            }
            reply(exchange, 200, MAP);
        };
        Impersonation onBehalf = new Impersonation("jane", "", List.of("dev", "ops"), Map.of("a/b", List.of("c")));
        client(Credentials.always(Credentials.Shown.nothing()), onBehalf, url())
                .configMaps()
                .get("a");
        assertThat(headers).containsExactly("[jane]", "[dev, ops]", "[c]");
    }

    @Test
    void whatIsNoStatusIsReportedByItsCode() {
        answer = exchange -> reply(exchange, 502, "<html>bad gateway</html>");
        ApiException refused = refused(() -> client(url()).configMaps().get("a"));
        assertThat(refused.reason()).isEqualTo(Reason.SERVICE_UNAVAILABLE);
        assertThat(refused).hasMessageContaining("bad gateway");
    }

    @Test
    void onlyAServerThatSaysSoItselfHasNotBegun() {
        String status = "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"message\":\"not now\","
                + "\"reason\":\"ServiceUnavailable\",\"code\":503,\"details\":{\"retryAfterSeconds\":60}}";
        assertThat(unavailable(503, status).outcomeUnknown()).isFalse();
        assertThat(unavailable(503, "<html>busy</html>").outcomeUnknown()).isTrue();
        assertThat(unavailable(503, status.replace(",\"details\":{\"retryAfterSeconds\":60}", ""))
                        .outcomeUnknown())
                .isTrue();
        assertThat(unavailable(502, status).outcomeUnknown()).isTrue();
    }

    /** All of these come with the header. */
    private ApiException unavailable(int code, String body) {
        answer = exchange -> {
            exchange.getResponseHeaders().add("Retry-After", "60");
            reply(exchange, code, body);
        };
        ApiException refused =
                refused(() -> client(url()).create(ConfigMap.named("a").build()));
        assertThat(refused.reason()).isEqualTo(Reason.SERVICE_UNAVAILABLE);
        assertThat(refused.retryAfterSeconds()).isEqualTo(60);
        return refused;
    }

    @Test
    void anExpiredWatchSaysThatItIsTimeToList() {
        answer = exchange -> reply(
                exchange,
                200,
                "{\"type\":\"ADDED\",\"object\":" + MAP + "}\n{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\","
                        + "\"apiVersion\":\"v1\",\"status\":\"Failure\",\"message\":\"too old resource version\","
                        + "\"reason\":\"Expired\",\"code\":410}}\n");
        Heard heard = new Heard();
        client(url()).configMaps().watch(ListOptions.all().since("1"), heard);
        await().atMost(PATIENCE).until(() -> heard.closed().isPresent());
        assertThat(heard.events()).containsExactly("ADDED a 1");
        assertThat(heard.closed().orElseThrow().isExpired()).isTrue();
    }

    @Test
    void aWatchEndsWhenItsServerIsSilentAndDoesNotAnswerEither() {
        settings = settings.silentFor(SHORT).requestsWithin(ENOUGH_FOR_A_WATCH_TO_BEGIN);
        answer = exchange -> {
            if (exchange.getRequestURI().getPath().equals("/livez")) {
                end.await();
                return;
            }
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody()
                    .write(("{\"type\":\"ADDED\",\"object\":" + MAP + "}\n").getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            end.await();
        };
        Heard heard = new Heard();
        client(url()).configMaps().watch(ListOptions.all().since("1"), heard);
        await().atMost(PATIENCE).until(() -> heard.closed().isPresent());
        assertThat(heard.events()).containsExactly("ADDED a 1");
        assertThat(heard.closed().orElseThrow().reason()).isEqualTo(Reason.SERVICE_UNAVAILABLE);
    }

    @Test
    void aSilentWatchWhoseServerAnswersGoesOn() {
        settings = settings.silentFor(SHORT);
        answer = exchange -> {
            if (exchange.getRequestURI().getPath().equals("/livez")) {
                reply(exchange, 200, "ok");
                return;
            }
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().flush();
            end.await();
        };
        Heard heard = new Heard();
        client(url()).configMaps().watch(ListOptions.all().since("1"), heard);
        await().atMost(PATIENCE)
                .until(() ->
                        asked.stream().filter(each -> each.contains("/livez")).count() >= 3);
        assertThat(heard.closed()).isEmpty();
    }
}
