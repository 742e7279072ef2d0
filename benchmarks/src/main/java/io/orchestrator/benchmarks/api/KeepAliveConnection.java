package io.orchestrator.benchmarks.api;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;

/**
 * One HTTP/1.1 connection that sends a request after the other and reads no more of the answers than it must, so that little of
 * the machine goes to the asking side. Not for concurrent use.
 */
final class KeepAliveConnection implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final Socket socket;
    private final InputStream in;
    private final byte[] dropped = new byte[BUFFER_BYTES];

    KeepAliveConnection(SSLContext tls, int port) throws IOException {
        this.socket = tls.getSocketFactory().createSocket("127.0.0.1", port);
        socket.setTcpNoDelay(true);
        this.in = new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
    }

    /** The bytes of a request, to be sent as often as one likes. */
    static byte[] request(String method, String path, String contentType, byte[] body) {
        String head = method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n"
                + (body.length == 0 ? "" : "Content-Type: " + contentType + "\r\n")
                + "Content-Length: " + body.length + "\r\n\r\n";
        byte[] first = head.getBytes(StandardCharsets.US_ASCII);
        byte[] whole = new byte[first.length + body.length];
        System.arraycopy(first, 0, whole, 0, first.length);
        System.arraycopy(body, 0, whole, first.length, body.length);
        return whole;
    }

    /** Sends the request and reads its answer to the end. Returns the length of its body. */
    long exchange(byte[] request) throws IOException {
        socket.getOutputStream().write(request);
        String status = line();
        if (!status.startsWith("HTTP/1.1 2")) {
            throw new IOException("answered with " + status);
        }
        long length = -1;
        for (String header = line(); !header.isEmpty(); header = line()) {
            if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Long.parseLong(header.substring(15).strip());
            }
        }
        if (length >= 0) {
            drop(length);
            return length;
        }
        return chunks();
    }

    private long chunks() throws IOException {
        long all = 0;
        for (long size = size(); size > 0; size = size()) {
            drop(size);
            line();
            all += size;
        }
        line();
        return all;
    }

    private long size() throws IOException {
        return Long.parseLong(line(), 16);
    }

    private void drop(long length) throws IOException {
        long left = length;
        while (left > 0) {
            int read = in.read(dropped, 0, (int) Math.min(left, dropped.length));
            if (read < 0) {
                throw new EOFException("the answer ended early");
            }
            left -= read;
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the answer ended early");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
