package io.orchestrator.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
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
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A program with webhooks: at each path of its own, what it makes of a request for admission. */
final class Hooks implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final char[] PASSWORD = "hooks".toCharArray();

    private final Map<String, Function<JsonNode, Verdict>> rules = new ConcurrentHashMap<>();
    private final Map<String, BiFunction<ObjectNode, String, ObjectNode>> conversions = new ConcurrentHashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CertificateAuthority authority;
    private final HttpsServer server;

    /** @param refusal empty where it is allowed @param patch of JSON Patch, empty for none */
    record Verdict(String refusal, String patch, Duration delay) {
        static Verdict allowed() {
            return new Verdict("", "", Duration.ZERO);
        }

        static Verdict refused(String why) {
            return new Verdict(why, "", Duration.ZERO);
        }

        static Verdict changed(String patch) {
            return new Verdict("", patch, Duration.ZERO);
        }

        Verdict after(Duration delay) {
            return new Verdict(refusal, patch, delay);
        }
    }

    Hooks() {
        try {
            authority = CertificateAuthority.create("hooks", Clock.systemUTC(), new SecureRandom());
            Identity identity = authority.issueServer(List.of("localhost"), List.of("127.0.0.1"));
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

    /** How objects are brought into another version at this path. */
    Hooks onConversion(String path, BiFunction<ObjectNode, String, ObjectNode> conversion) {
        conversions.put(path, conversion);
        return this;
    }

    /** How requests at this path are judged. */
    Hooks on(String path, Function<JsonNode, Verdict> rule) {
        rules.put(path, rule);
        return this;
    }

    /** As a configuration has it. */
    String client(String path) {
        String bundle =
                Base64.getEncoder().encodeToString(authority.certificatePem().getBytes(StandardCharsets.US_ASCII));
        return "{url: 'https://localhost:" + server.getAddress().getPort() + path + "', caBundle: " + bundle + "}";
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode request = JSON.readTree(exchange.getRequestBody()).path("request");
            String path = exchange.getRequestURI().getPath();
            ObjectNode answer;
            if (conversions.containsKey(path)) {
                answer = converted(request, conversions.get(path));
            } else {
                Verdict verdict = rules.get(path).apply(request);
                if (!verdict.delay().isZero() && closing.await(verdict.delay().toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
                answer = review(request, verdict);
            }
            byte[] body = JSON.writeValueAsBytes(answer);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ObjectNode converted(JsonNode request, BiFunction<ObjectNode, String, ObjectNode> conversion) {
        ObjectNode review = JSON.createObjectNode();
        review.put("apiVersion", "apiextensions.k8s.io/v1").put("kind", "ConversionReview");
        ObjectNode response = review.putObject("response");
        response.set("uid", request.path("uid"));
        response.putObject("result").put("status", "Success");
        ArrayNode objects = response.putArray("convertedObjects");
        String version = request.path("desiredAPIVersion").asText();
        request.path("objects").forEach(object -> objects.add(conversion.apply((ObjectNode) object, version)));
        return review;
    }

    private static ObjectNode review(JsonNode request, Verdict verdict) {
        ObjectNode review = JSON.createObjectNode();
        review.put("apiVersion", "admission.k8s.io/v1").put("kind", "AdmissionReview");
        ObjectNode response = review.putObject("response");
        response.set("uid", request.path("uid"));
        response.put("allowed", verdict.refusal().isEmpty());
        if (!verdict.refusal().isEmpty()) {
            response.putObject("status").put("message", verdict.refusal()).put("code", 403);
        }
        if (!verdict.patch().isEmpty()) {
            response.put("patchType", "JSONPatch")
                    .put(
                            "patch",
                            Base64.getEncoder().encodeToString(verdict.patch().getBytes(StandardCharsets.UTF_8)));
        }
        return review;
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
