package io.orchestrator.testkit.network;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Random;

/** Ports for servers that are told where to listen. */
public final class FreePort {
    private static final int FIRST = 15_000;
    private static final int COUNT = 15_000;
    private static final int ATTEMPTS = 100;

    private FreePort() {}

    /**
     * A port that nobody listens at, and that no connection takes before its server is there, or while that is down: it is below those
     * that systems give to the calling side, and below node ports. With one of the former a client that calls again and again may in
     * the end reach itself.
     */
    public static int find() throws IOException {
        Random random = new Random();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = FIRST + random.nextInt(COUNT);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException taken) {
                // Another one then.
            }
        }
        throw new IOException("no free port from " + FIRST + " on");
    }
}
