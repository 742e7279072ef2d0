package io.orchestrator.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.orchestrator.core.auth.CertificateAuthority;
import io.orchestrator.core.auth.Identity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A webhook as its author runs it for a test: an HTTPS server on the loopback address. */
final class HookServer implements AutoCloseable {
    private static final char[] PASSWORD = "hook".toCharArray();

    /**
     * What callers' requests asked. Parts of the cluster write at their own times, as the map with the authority's certificate that
     * every namespace gets: they are answered as everybody is, and not counted here.
     */
    final List<JsonNode> asked = new CopyOnWriteArrayList<>();

    private final Map<String, Behaviour> behaviours = new ConcurrentHashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CertificateAuthority authority;
    private final HttpsServer server;

    /** What is done with a review. */
    interface Behaviour {
        void answer(JsonNode review, HttpExchange exchange) throws IOException, InterruptedException;
    }

    HookServer() {
        try {
            authority = CertificateAuthority.create("hooks", Clock.systemUTC(), new SecureRandom());
            Identity identity = authority.issueServer(List.of("localhost", "hooks.default.svc"), List.of("127.0.0.1"));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(identity.keyStore(PASSWORD, authority.certificate()), PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(context));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    private void serve(HttpExchange exchange) throws IOException {
        JsonNode review = ServedCluster.JSON.readTree(exchange.getRequestBody());
        if (!review.at("/request/userInfo/username").asText().startsWith("system:")) {
            asked.add(review.path("request"));
        }
        try {
            behaviours.get(exchange.getRequestURI().getPath()).answer(review.path("request"), exchange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }

    HookServer on(String path, Behaviour behaviour) {
        behaviours.put(path, behaviour);
        return this;
    }

    /** Hangs until the server is closed. */
    void hang() throws InterruptedException {
        closing.await(120, TimeUnit.SECONDS);
    }

    String url(String path) {
        return "https://localhost:" + server.getAddress().getPort() + path;
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** As {@code caBundle} has it. */
    String bundle() {
        return Base64.getEncoder().encodeToString(authority.certificatePem().getBytes(StandardCharsets.US_ASCII));
    }

    static void send(HttpExchange exchange, int code, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, body.length);
        exchange.getResponseBody().write(body);
    }

    static ObjectNode response(JsonNode request, boolean allowed) {
        ObjectNode response = ServedCluster.JSON.createObjectNode();
        response.put("uid", request.path("uid").asText()).put("allowed", allowed);
        return response;
    }

    static void send(HttpExchange exchange, ObjectNode response) throws IOException {
        ObjectNode review = ServedCluster.JSON.createObjectNode();
        review.put("apiVersion", "admission.k8s.io/v1").put("kind", "AdmissionReview");
        review.set("response", response);
        send(exchange, 200, ServedCluster.JSON.writeValueAsBytes(review));
    }

    static void patch(JsonNode request, HttpExchange exchange, String patch) throws IOException {
        String encoded = Base64.getEncoder().encodeToString(patch.getBytes(StandardCharsets.UTF_8));
        send(exchange, response(request, true).put("patchType", "JSONPatch").put("patch", encoded));
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
