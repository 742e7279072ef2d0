package io.orchestrator.apiserver.remote;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import io.orchestrator.apiserver.proxy.ResponseReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** One request to a node and the head of its answer, over a connection of its own. Blocks. */
final class NodeCall {
    private static final Duration HEAD = Duration.ofSeconds(30);
    private static final int MOST_OF_REFUSAL = 64 * 1024;

    private final TlsConnection connection;
    private final ResponseReader response;

    private NodeCall(TlsConnection connection, ResponseReader response) {
        this.connection = connection;
        this.response = response;
    }

    /** Asks for a page. @param target path and query, encoded */
    static NodeCall get(NodeDialer dialer, NodeAddress node, String target) {
        NodeCall call = send(dialer, node, "GET " + target + " HTTP/1.1\r\nConnection: close\r\n");
        return call.response.status() == 200 ? call : call.refused();
    }

    /** Asks for another protocol than HTTP. @param protocol of the streams */
    static NodeCall upgrade(NodeDialer dialer, NodeAddress node, String target, String protocol) {
        NodeCall call = send(
                dialer,
                node,
                "POST " + target + " HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\n"
                        + "X-Stream-Protocol-Version: " + protocol + "\r\nContent-Length: 0\r\n");
        return call.response.isUpgrade() ? call : call.refused();
    }

    private static NodeCall send(NodeDialer dialer, NodeAddress node, String head) {
        TlsConnection connection = dialer.connect(node);
        try {
            String whole = head + "Host: " + node.authority() + "\r\nUser-Agent: kube-apiserver\r\n\r\n";
            connection.output().write(whole.getBytes(StandardCharsets.US_ASCII));
            connection.output().flush();
            connection.patience(HEAD);
            ResponseReader response = new ResponseReader(connection.input(), false);
            response.readHead();
            connection.patience(Duration.ZERO);
            return new NodeCall(connection, response);
        } catch (IOException e) {
            connection.close();
            throw new ApiException(
                    Reason.SERVICE_UNAVAILABLE, "node " + node.name() + " does not answer: " + e.getMessage(), e);
        }
    }

    private NodeCall refused() {
        try {
            connection.patience(HEAD);
            String text = new String(read(MOST_OF_REFUSAL), StandardCharsets.UTF_8).strip();
            throw new ApiException(reason(response.status()), text.isEmpty() ? "status " + response.status() : text);
        } catch (IOException e) {
            throw new ApiException(Reason.SERVICE_UNAVAILABLE, "a node refuses, and does not say why", e);
        } finally {
            connection.close();
        }
    }

    private static Reason reason(int status) {
        return Arrays.stream(Reason.values())
                .filter(each -> each.httpStatus() == status)
                .findFirst()
                .orElse(Reason.INTERNAL_ERROR);
    }

    TlsConnection connection() {
        return connection;
    }

    ResponseReader response() {
        return response;
    }

    /** The body, up to its end or so many bytes. */
    byte[] read(int most) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (ByteBuffer piece = response.next(); piece.hasRemaining() && body.size() < most; piece = response.next()) {
            body.write(piece.array(), piece.arrayOffset() + piece.position(), piece.remaining());
        }
        return body.toByteArray();
    }

    /** A path of these parts, encoded. */
    static String path(String first, List<String> parts) {
        StringBuilder path = new StringBuilder("/").append(first);
        parts.forEach(part -> path.append('/').append(encoded(part)));
        return path.toString();
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
