package io.orchestrator.benchmarks.api;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.concurrent.Semaphore;

/** One connection with a watch on it, and the thread that reads it. It counts events and looks no further into them. */
final class WatchConnection implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final Socket socket;
    private final Semaphore seen = new Semaphore(0);
    private final Thread reader;
    private volatile boolean closed;

    /** Begins to watch, and returns once the watch stands. @param reading the name of its thread */
    WatchConnection(Endpoint endpoint, String path, String reading) throws IOException {
        this.socket = endpoint.connect();
        try {
            socket.getOutputStream().write(endpoint.get(path));
            InputStream in = socket.getInputStream();
            requireOk(in);
            this.reader = new Thread(() -> count(in), reading);
            reader.setDaemon(true);
            reader.start();
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /** Reads up to the empty line behind the headers. */
    private static void requireOk(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the answer ended early");
            }
            head.append((char) next);
        }
        if (!head.toString().startsWith("HTTP/1.1 200 ")) {
            throw new IOException("answered with " + head.substring(0, head.indexOf("\r")));
        }
    }

    /** An event ends with a bare line feed, which stands nowhere else: chunks have a carriage return before theirs. */
    private void count(InputStream in) {
        byte[] buffer = new byte[BUFFER_BYTES];
        int before = 0;
        try {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                int events = 0;
                for (int i = 0; i < read; i++) {
                    if (buffer[i] == '\n' && before != '\r') {
                        events++;
                    }
                    before = buffer[i];
                }
                seen.release(events);
            }
        } catch (IOException e) {
            if (!closed) {
                throw new java.io.UncheckedIOException("a watch broke", e);
            }
        }
    }

    Semaphore seen() {
        return seen;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        socket.close();
    }
}
