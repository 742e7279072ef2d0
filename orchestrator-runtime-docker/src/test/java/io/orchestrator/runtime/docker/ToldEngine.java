package io.orchestrator.runtime.docker;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Says of itself what it was told to, has no image, and keeps what it is given to load. */
final class ToldEngine implements AutoCloseable {
    private final HttpServer server;
    private final String version;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile byte[] loaded = new byte[0];

    /** @param version the answer to the question for it, in JSON */
    ToldEngine(String version) {
        this.version = version;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    String host() {
        return "tcp://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The paths of all requests. */
    List<String> asked() {
        return asked;
    }

    byte[] loaded() {
        return loaded;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            asked.add(path);
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (path.endsWith("/images/load")) {
                loaded = body;
            }
            boolean missing = path.endsWith("/json");
            byte[] said = (missing ? "{\"message\":\"No such image\"}" : version).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(missing ? 404 : 200, said.length);
            exchange.getResponseBody().write(said);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
