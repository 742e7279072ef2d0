package io.orchestrator.samples.network;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** This machine as a client of services, and a web server on it that is no pod. */
final class Here implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 30_000;

    private final HttpServer server;

    private Here(HttpServer server) {
        this.server = server;
    }

    static Here serve(String address, String name) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(address, 0), 0);
        byte[] answer = ("host=" + name + "\n").getBytes(StandardCharsets.UTF_8);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
            }
        });
        server.start();
        return new Here(server);
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** The body of the answer, over a connection made just for that. */
    static String get(String address, int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write("GET / HTTP/1.0\r\nHost: test\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int head = answer.indexOf("\r\n\r\n");
            if (head < 0) {
                throw new IOException("no answer in whole: " + answer);
            }
            return answer.substring(head + 4).strip();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
