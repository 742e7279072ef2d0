package io.orchestrator.benchmarks.api;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Where requests go, and what they carry to be let in.
 *
 * @param tls null for cleartext
 * @param token shown with each request; empty for none
 */
record Endpoint(int port, @Nullable SSLContext tls, String token) {

    Socket connect() throws IOException {
        return tls == null
                ? new Socket("127.0.0.1", port)
                : tls.getSocketFactory().createSocket("127.0.0.1", port);
    }

    byte[] get(String path) {
        return request("GET", path, "", new byte[0]);
    }

    /** The bytes of a request, to be sent as often as one likes. */
    byte[] request(String method, String path, String contentType, byte[] body) {
        String head = method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n"
                + (token.isEmpty() ? "" : "Authorization: Bearer " + token + "\r\n")
                + (body.length == 0 ? "" : "Content-Type: " + contentType + "\r\n")
                + "Content-Length: " + body.length + "\r\n\r\n";
        byte[] first = head.getBytes(StandardCharsets.US_ASCII);
        byte[] whole = new byte[first.length + body.length];
        System.arraycopy(first, 0, whole, 0, first.length);
        System.arraycopy(body, 0, whole, first.length, body.length);
        return whole;
    }
}
