package io.orchestrator.testkit.network;

import io.orchestrator.spi.network.ServicePort.Endpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A pod of a kind: on TCP it says its name on a line of its own and then sends back what it gets, until the client's end, which
 * it answers with its own. On UDP it answers each datagram with its name. Both on one port.
 */
public final class EchoServer implements AutoCloseable {
    private static final int CHUNK = 64 * 1024;
    private static final int BACKLOG = 1024;
    private static final int ATTEMPTS = 20;

    private final String name;
    private final ServerSocket listener;
    private final DatagramSocket datagrams;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private final List<Thread> receivers = new ArrayList<>();

    private EchoServer(String name, ServerSocket listener, DatagramSocket datagrams) {
        this.name = name;
        this.listener = listener;
        this.datagrams = datagrams;
    }

    /** On any free port of the address. */
    public static EchoServer start(String name, String address) {
        try {
            EchoServer server = open(name, InetAddress.getByName(address));
            server.receivers.add(server.run("accept", server::accept));
            server.receivers.add(server.run("datagrams", server::answerDatagrams));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A port that is free for connections may be somebody's for datagrams. */
    private static EchoServer open(String name, InetAddress host) throws IOException {
        for (int attempt = 1; ; attempt++) {
            ServerSocket listener = new ServerSocket(0, BACKLOG, host);
            try {
                return new EchoServer(
                        name, listener, new DatagramSocket(new InetSocketAddress(host, listener.getLocalPort())));
            } catch (BindException e) {
                listener.close();
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    public String name() {
        return name;
    }

    public Endpoint endpoint() {
        return new Endpoint(listener.getInetAddress().getHostAddress(), listener.getLocalPort());
    }

    /** How many connections came. */
    public int accepted() {
        return accepted.get();
    }

    /** How many of them have not ended yet. */
    public int open() {
        return connections.size();
    }

    /** Ends all connections that are open. */
    public void dropConnections() {
        connections.forEach(EchoServer::closeQuietly);
    }

    /** Afterwards its port is free: the kernel keeps a socket open for as long as a thread waits in it, even if it is closed. */
    @Override
    public void close() {
        closeQuietly(listener);
        datagrams.close();
        try {
            for (Thread receiver : receivers) {
                receiver.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        dropConnections();
    }

    private Thread run(String what, Runnable task) {
        Thread thread = new Thread(task, "echo-" + name + "-" + what);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket connection = listener.accept();
                accepted.incrementAndGet();
                connections.add(connection);
                run("connection", () -> echo(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void echo(Socket connection) {
        try (connection) {
            connection.setTcpNoDelay(true);
            InputStream in = connection.getInputStream();
            OutputStream out = connection.getOutputStream();
            out.write((name + "\n").getBytes(StandardCharsets.US_ASCII));
            byte[] chunk = new byte[CHUNK];
            int count = in.read(chunk);
            while (count >= 0) {
                out.write(chunk, 0, count);
                count = in.read(chunk);
            }
        } catch (IOException e) {
            // The client or the test has ended the connection: nobody waits for more.
            return;
        } finally {
            connections.remove(connection);
        }
    }

    private void answerDatagrams() {
        byte[] answer = name.getBytes(StandardCharsets.US_ASCII);
        DatagramPacket packet = new DatagramPacket(new byte[CHUNK], CHUNK);
        while (!datagrams.isClosed()) {
            try {
                datagrams.receive(packet);
                datagrams.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            } catch (IOException e) {
                if (datagrams.isClosed()) {
                    return;
                }
            }
        }
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            throw new IllegalStateException("a test's server could not be closed", e);
        }
    }
}
