package io.orchestrator.benchmarks.api;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * One HTTP/1.1 connection that sends a request after the other and reads no more of the answers than it must, so that little of
 * the machine goes to the asking side. Not for concurrent use.
 */
final class KeepAliveConnection implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int STATUS_DIGIT = 9;
    private static final String LENGTH = "content-length:";

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int limit;
    private long answerBegan;

    KeepAliveConnection(Endpoint endpoint) throws IOException {
        this.socket = endpoint.connect();
        socket.setTcpNoDelay(true);
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    /** Sends the request and reads its answer to the end. Returns the length of its body. */
    long exchange(byte[] request) throws IOException {
        out.write(request);
        int line = line();
        answerBegan = System.nanoTime();
        if (buffer[line + STATUS_DIGIT] != '2') {
            throw new IOException("answered with " + text(line));
        }
        long length = -1;
        for (line = line(); position - line > 2; line = line()) {
            if (isLength(line)) {
                length = Long.parseLong(text(line + LENGTH.length()).strip());
            }
        }
        if (length >= 0) {
            drop(length);
            return length;
        }
        return chunks();
    }

    /** When the last answer had begun to come, by {@link System#nanoTime}. */
    long answerBegan() {
        return answerBegan;
    }

    private boolean isLength(int line) {
        if ((buffer[line] | ' ') != 'c' || position - line < LENGTH.length()) {
            return false;
        }
        for (int i = 0; i < LENGTH.length(); i++) {
            int c = buffer[line + i];
            if ((c >= 'A' && c <= 'Z' ? c + ' ' : c) != LENGTH.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private long chunks() throws IOException {
        long all = 0;
        for (long size = size(); size > 0; size = size()) {
            drop(size + 2);
            all += size;
        }
        line();
        return all;
    }

    private long size() throws IOException {
        return Long.parseLong(text(line()).strip(), 16);
    }

    private String text(int from) {
        return new String(buffer, from, position - from, StandardCharsets.US_ASCII);
    }

    private void drop(long length) throws IOException {
        long left = length - (limit - position);
        if (left <= 0) {
            position += (int) length;
            return;
        }
        position = 0;
        limit = 0;
        while (left > 0) {
            int read = in.read(buffer, 0, buffer.length);
            if (read < 0) {
                throw new EOFException("the answer ended early");
            }
            if (read > left) {
                position = (int) left;
                limit = read;
            }
            left -= read;
        }
    }

    /** Reads a line, whose end is the position then. Returns where it begins. */
    private int line() throws IOException {
        int from = position;
        for (int i = from; ; i++) {
            if (i == limit) {
                if (from > 0) {
                    System.arraycopy(buffer, from, buffer, 0, limit - from);
                    i -= from;
                    limit -= from;
                    from = 0;
                }
                int read = in.read(buffer, limit, buffer.length - limit);
                if (read <= 0) {
                    throw new EOFException("the answer ended early");
                }
                limit += read;
            }
            if (buffer[i] == '\n') {
                position = i + 1;
                return from;
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
