package io.orchestrator.core.network;

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
 * Clients that say nothing, or an endpoint of such, in a process of their own: the limit of descriptors is one of each process, so
 * that the proxy has all of its own for itself.
 */
public final class IdlePeers implements AutoCloseable {
    private static final int BACKLOG = 4096;

    private final Process process;
    private final BufferedReader said;

    private IdlePeers(Process process) {
        this.process = process;
        this.said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    }

    /** Begins with an endpoint that nobody is connected to. */
    public static IdlePeers start() throws IOException {
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

    /** The endpoint's, on 127.0.0.1. To be asked first, and once. */
    public int port() throws IOException {
        return Integer.parseInt(answer());
    }

    /** Returns when so many more connections of its own have been accepted by somebody's kernel. */
    public void connect(String address, int port, int count) throws IOException {
        order("connect " + address + " " + port + " " + count);
    }

    /** Returns when so many more have come to its endpoint. */
    public void accept(int count) throws IOException {
        order("accept " + count);
    }

    private void order(String words) throws IOException {
        OutputStream orders = process.getOutputStream();
        orders.write((words + "\n").getBytes(StandardCharsets.US_ASCII));
        orders.flush();
        if (!answer().equals("done")) {
            throw new IOException("not done: " + words);
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
                int count = Integer.parseInt(words[words.length - 1]);
                for (int i = 0; i < count; i++) {
                    standing.add(
                            words[0].equals("accept")
                                    ? endpoint.accept()
                                    : SocketChannel.open(new InetSocketAddress(words[1], Integer.parseInt(words[2]))));
                }
                System.out.println("done");
            }
        }
    }
}
