package io.orchestrator.samples.clients;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Passes bytes between a client and a port of this machine, until it is cut: then all connections break at once. */
final class Wire implements AutoCloseable {
    private static final int BUFFER = 16 * 1024;

    private final ServerSocket listener;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean down;

    private Wire(ServerSocket listener, int target) {
        this.listener = listener;
        this.target = target;
    }

    static Wire to(int target) throws IOException {
        Wire wire = new Wire(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
        start("wire", wire::accept);
        return wire;
    }

    int port() {
        return listener.getLocalPort();
    }

    int connections() {
        return open.size() / 2;
    }

    /** Breaks all connections, and every new one until it is mended. */
    void cut() {
        down = true;
        open.forEach(Wire::close);
    }

    void mend() {
        down = false;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket near = listener.accept();
                open.add(near);
                if (down) {
                    close(near);
                    open.remove(near);
                } else {
                    connect(near);
                }
            } catch (IOException e) {
                // The listener was closed, or this one connection could not be made: the client finds it broken.
                continue;
            }
        }
    }

    private void connect(Socket near) throws IOException {
        try {
            Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
            open.add(far);
            start("wire-up", () -> pump(near, far));
            start("wire-down", () -> pump(far, near));
        } catch (IOException e) {
            close(near);
            open.remove(near);
            throw e;
        }
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
            }
        } catch (IOException e) {
            // Broken: so is the other half, then.
        } finally {
            close(from);
            close(to);
            open.remove(from);
            open.remove(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cut();
    }
}
