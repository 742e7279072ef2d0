package io.orchestrator.samples.cluster;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What the demo's containers run where there are no images: a web server that says which pod answers. Listens on the pod's
 * own address, so that every pod can have the same port.
 */
public final class DemoServer {
    private static final int PORT = 8080;
    private static final int DRAIN_SECONDS = 1;

    private DemoServer() {}

    public static void main(String[] args) throws IOException {
        Map<String, String> env = System.getenv();
        String image = args.length > 0 ? args[0] : "demo";
        String pod = env.getOrDefault("HOSTNAME", "unknown");
        HttpServer server = HttpServer.create(new InetSocketAddress(env.getOrDefault("POD_IP", "127.0.0.1"), PORT), 0);
        byte[] answer = ("image=" + image + " host=" + pod + "\n").getBytes(StandardCharsets.UTF_8);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
            }
        });
        Runtime.getRuntime().addShutdownHook(new Thread(() -> server.stop(DRAIN_SECONDS)));
        server.start();
        Say.line("%s serves on %s", pod, server.getAddress());
    }
}
