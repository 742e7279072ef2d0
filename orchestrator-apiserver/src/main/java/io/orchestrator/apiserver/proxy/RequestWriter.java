package io.orchestrator.apiserver.proxy;

import io.orchestrator.apiserver.http.Exchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Writes a request onto another connection. */
final class RequestWriter {
    private static final int CHUNK = 16 * 1024;
    /** They are between neighbours, or for us; or say who the client is, which is nobody's business behind us. */
    private static final Set<String> NOT_PASSED = Set.of(
            "host",
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "content-length",
            "upgrade",
            "expect",
            "authorization",
            "http2-settings");

    private static final String SUBPROTOCOLS = "Sec-WebSocket-Protocol";

    private final Exchange exchange;
    private final OutputStream out;
    private final String upgrade;

    /** @param upgrade the protocol that the client wants to speak next; empty for none */
    RequestWriter(Exchange exchange, OutputStream out, String upgrade) {
        this.exchange = exchange;
        this.out = out;
        this.upgrade = upgrade;
    }

    /** @param target path and query, encoded. @param host of the one that is spoken to */
    void head(String target, String host) throws IOException {
        StringBuilder head = new StringBuilder();
        head.append(exchange.method()).append(' ').append(target).append(" HTTP/1.1\r\n");
        header(head, "Host", host);
        for (String name : exchange.headerNames()) {
            if (name.equalsIgnoreCase(SUBPROTOCOLS)) {
                // Among them may be the caller's token.
                String passed = String.join(", ", exchange.subprotocols());
                if (!passed.isEmpty()) {
                    header(head, name, passed);
                }
            } else if (isPassed(name)) {
                exchange.headers(name).forEach(value -> header(head, name, value));
            }
        }
        header(head, "X-Forwarded-Host", exchange.authority());
        header(head, "X-Forwarded-Proto", exchange.scheme());
        header(head, "X-Forwarded-Uri", exchange.rawPath());
        if (upgrade.isEmpty()) {
            header(head, "Connection", "close");
        } else {
            header(head, "Connection", "Upgrade");
            header(head, "Upgrade", upgrade);
        }
        long length = exchange.bodyLength();
        if (length > 0) {
            header(head, "Content-Length", Long.toString(length));
        } else if (length < 0) {
            header(head, "Transfer-Encoding", "chunked");
        } else if (!List.of("GET", "HEAD", "OPTIONS", "DELETE").contains(exchange.method())) {
            header(head, "Content-Length", "0");
        }
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private static boolean isPassed(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return !NOT_PASSED.contains(lower) && !lower.startsWith("impersonate-") && !lower.startsWith(":");
    }

    private static void header(StringBuilder head, String name, String value) {
        if (value.indexOf('\r') < 0 && value.indexOf('\n') < 0) {
            head.append(name).append(": ").append(value).append("\r\n");
        }
    }

    /** Whether there is a body to be written. */
    boolean hasBody() {
        return exchange.bodyLength() != 0;
    }

    /** Writes the body as it comes. @param progress called when some of it has been taken */
    void body(Runnable progress) throws IOException {
        boolean chunked = exchange.bodyLength() < 0;
        byte[] piece = new byte[CHUNK];
        try (InputStream in = exchange.bodyStream()) {
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                if (chunked && read > 0) {
                    out.write((Integer.toHexString(read) + "\r\n").getBytes(StandardCharsets.US_ASCII));
                }
                out.write(piece, 0, read);
                if (chunked && read > 0) {
                    out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
                }
                out.flush();
                progress.run();
            }
        }
        if (chunked) {
            out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }
    }
}
