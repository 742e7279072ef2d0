package io.orchestrator.core.webhook;

import io.orchestrator.core.registry.webhook.ReviewTransport.Failure;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One POST of JSON and its answer in HTTP/1.1, on a connection that is used for nothing else. Blocks; no state. */
final class HttpPost {
    /** Larger than any object may be. */
    private static final int MOST = 4 << 20;

    private static final int MOST_OF_HEAD = 64 << 10;
    private static final int SHOWN = 500;
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] (\\d{3})(?: .*)?");

    private HttpPost() {}

    static void send(OutputStream out, String authority, String path, byte[] body) throws IOException {
        String head = "POST " + path + " HTTP/1.1\r\nHost: " + authority
                + "\r\nUser-Agent: kube-apiserver-admission\r\nAccept: application/json, */*\r\n"
                + "Content-Type: application/json\r\nContent-Length: " + body.length
                + "\r\nConnection: close\r\n\r\n";
        byte[] start = head.getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = new byte[start.length + body.length];
        System.arraycopy(start, 0, all, 0, start.length);
        System.arraycopy(body, 0, all, start.length, body.length);
        out.write(all);
        out.flush();
    }

    /** @throws Failure when the status is none of success */
    static byte[] answer(InputStream connection) throws IOException, Failure {
        InputStream in = new BufferedInputStream(connection);
        Head head = new Head(in);
        while (head.status < 200) {
            head = new Head(in);
        }
        byte[] body = body(in, head);
        if (head.status > 299) {
            throw new Failure(refusal(head.status, body));
        }
        return body;
    }

    private static String refusal(int status, byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8).strip();
        String shown = text.length() > SHOWN ? text.substring(0, SHOWN) : text;
        if (status == 404) {
            return "the server could not find the requested resource";
        }
        if (status >= 500) {
            return "an error on the server (\"" + shown + "\") has prevented the request from succeeding";
        }
        if (status == 400) {
            return "the server rejected our request for an unknown reason";
        }
        return "the server responded with the status code " + status + " but did not return more information";
    }

    /** Status and headers of an answer. */
    private static final class Head {
        private final int status;
        private final Map<String, String> headers = new HashMap<>();
        private int left = MOST_OF_HEAD;

        Head(InputStream in) throws IOException {
            String first = line(in);
            Matcher matcher = STATUS_LINE.matcher(first);
            if (!matcher.matches()) {
                throw new IOException("malformed HTTP response \"" + printable(first) + "\"");
            }
            status = Integer.parseInt(matcher.group(1));
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                int colon = line.indexOf(':');
                if (colon > 0) {
                    headers.put(
                            line.substring(0, colon).toLowerCase(Locale.ROOT),
                            line.substring(colon + 1).strip());
                }
            }
        }

        private String line(InputStream in) throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int b = in.read(); b != '\n'; b = in.read()) {
                if (b < 0) {
                    throw new EOFException("EOF");
                }
                if (--left < 0) {
                    throw new IOException("the head of the answer is too large");
                }
                line.write(b);
            }
            String text = line.toString(StandardCharsets.ISO_8859_1);
            return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        }

        String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    private static String printable(String text) {
        String shown = text.length() > 40 ? text.substring(0, 40) : text;
        return shown.replaceAll("[^\\x20-\\x7e]", "?");
    }

    private static byte[] body(InputStream in, Head head) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if (head.header("transfer-encoding").equalsIgnoreCase("chunked")) {
            for (long size = chunk(in); size > 0; size = chunk(in)) {
                copy(in, size, body);
                if (in.read() != '\r' || in.read() != '\n') {
                    throw new IOException("malformed chunked encoding");
                }
            }
            return body.toByteArray();
        }
        String length = head.header("content-length");
        if (length.isEmpty()) {
            byte[] all = in.readNBytes(MOST + 1);
            if (all.length > MOST) {
                throw tooLarge();
            }
            return all;
        }
        copy(in, number(length, 10), body);
        return body.toByteArray();
    }

    private static long chunk(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("unexpected EOF");
            }
            if (line.size() > SHOWN) {
                throw new IOException("malformed chunked encoding");
            }
            line.write(b);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        int semicolon = text.indexOf(';');
        return number((semicolon < 0 ? text : text.substring(0, semicolon)).strip(), 16);
    }

    private static long number(String text, int radix) throws IOException {
        try {
            long number = Long.parseLong(text, radix);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IOException("malformed length of the answer", e);
        }
        throw new IOException("malformed length of the answer");
    }

    private static void copy(InputStream in, long size, ByteArrayOutputStream to) throws IOException {
        if (to.size() + size > MOST) {
            throw tooLarge();
        }
        byte[] read = in.readNBytes((int) size);
        if (read.length < size) {
            throw new EOFException("unexpected EOF");
        }
        to.writeBytes(read);
    }

    private static IOException tooLarge() {
        return new IOException("the answer is larger than " + MOST + " bytes");
    }
}
