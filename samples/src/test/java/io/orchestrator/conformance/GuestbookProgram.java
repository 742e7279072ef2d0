package io.orchestrator.conformance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the pods of the guest book run, by their role: the primary keeps the entries, replicas read them from it, and the front end
 * sends writers to the one and readers to the others, by the services that the environment names. It also shows its own image.
 */
final class GuestbookProgram {
    private static final int PORT = 8080;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final String role;
    private final Map<String, String> entries = new ConcurrentHashMap<>();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    private GuestbookProgram(String role) {
        this.role = role;
    }

    public static void main(String[] args) throws IOException {
        GuestbookProgram program = new GuestbookProgram(args[0]);
        HttpServer server =
                HttpServer.create(new InetSocketAddress(Objects.requireNonNull(System.getenv("POD_IP")), PORT), 0);
        server.createContext("/guestbook", program::answer);
        server.createContext("/data.json", exchange -> say(exchange, 200, "{\"image\":\"" + program.role + ".jpg\"}"));
        server.start();
    }

    /** Of a query like {@code cmd=set&key=messages&value=Hello}. */
    private void answer(HttpExchange exchange) throws IOException {
        String query = Objects.requireNonNullElse(exchange.getRequestURI().getQuery(), "");
        boolean writes = query.contains("cmd=set");
        if (role.equals("primary") && writes) {
            entries.put(part(query, "key"), part(query, "value"));
            say(exchange, 200, "{\"message\":\"Updated\"}");
        } else if (role.equals("primary")) {
            say(exchange, 200, "{\"data\":\"" + entries.getOrDefault(part(query, "key"), "") + "\"}");
        } else {
            ask(exchange, role.equals("frontend") && !writes ? "AGNHOST_REPLICA" : "AGNHOST_PRIMARY", query);
        }
    }

    private void ask(HttpExchange exchange, String service, String query) throws IOException {
        String address = System.getenv(service + "_SERVICE_HOST") + ":" + System.getenv(service + "_SERVICE_PORT");
        try {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create("http://" + address + "/guestbook?" + query))
                            .timeout(PATIENCE)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            say(exchange, answer.statusCode(), answer.body());
        } catch (IOException e) {
            say(exchange, 502, "{\"message\":\"" + e + "\"}");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String part(String query, String name) {
        for (String each : query.split("&")) {
            if (each.startsWith(name + "=")) {
                return each.substring(name.length() + 1);
            }
        }
        return "";
    }

    private static void say(HttpExchange exchange, int code, String text) throws IOException {
        try (exchange) {
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(code, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
