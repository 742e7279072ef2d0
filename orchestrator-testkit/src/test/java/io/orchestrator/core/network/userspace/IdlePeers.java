package io.orchestrator.core.network.userspace;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Clients that say nothing and the endpoint that they are led to, in a process of their own: the limit of descriptors is one of
 * each process, so that the proxy has all of its own for itself.
 */
final class IdlePeers implements AutoCloseable {
    private static final int BACKLOG = 4096;

    private final Process process;
    private final BufferedReader said;

    private IdlePeers(Process process) {
        this.process = process;
        this.said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    }

    /** Begins with the endpoint alone. */
    static IdlePeers start() throws IOException {
        return new IdlePeers(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        IdlePeers.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** The endpoint's, on 127.0.0.1. */
    int port() throws IOException {
        return Integer.parseInt(answer());
    }

    /** Returns when so many more connections stand from end to end. */
    void connect(String address, int port, int count) throws IOException {
        OutputStream orders = process.getOutputStream();
        orders.write((address + " " + port + " " + count + "\n").getBytes(StandardCharsets.US_ASCII));
        orders.flush();
        if (Integer.parseInt(answer()) != count) {
            throw new IOException("another number of connections stands");
        }
    }

    private String answer() throws IOException {
        String line = said.readLine();
        if (line == null) {
            throw new IOException("the peers have ended");
        }
        return line;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** Ends with its standard input. */
    @SuppressWarnings("SystemOut")
    public static void main(String[] args) throws IOException {
        List<SocketChannel> standing = new ArrayList<>();
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        try (ServerSocketChannel endpoint = ServerSocketChannel.open()) {
            endpoint.bind(new InetSocketAddress("127.0.0.1", 0), BACKLOG);
            System.out.println(endpoint.socket().getLocalPort());
            for (String order = orders.readLine(); order != null; order = orders.readLine()) {
                String[] words = order.split(" ");
                InetSocketAddress service = new InetSocketAddress(words[0], Integer.parseInt(words[1]));
                int count = Integer.parseInt(words[2]);
                for (int i = 0; i < count; i++) {
                    standing.add(SocketChannel.open(service));
                    standing.add(endpoint.accept());
                }
                System.out.println(count);
            }
        }
    }
}
