package io.orchestrator.core.network.dns;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;

/** Some other name server: says what the test tells it to, to datagrams and to connections. */
final class FakeNameServer implements AutoCloseable {
    private static final int ATTEMPTS = 20;

    private final DatagramSocket datagrams;
    private final ServerSocket connections;
    private final UnaryOperator<Message> says;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile boolean mute;

    /** @param says the answer to a question, which is given as an answer without records */
    FakeNameServer(UnaryOperator<Message> says) {
        this.says = says;
        try {
            Sockets free = Sockets.open(InetAddress.getLoopbackAddress());
            this.connections = free.connections();
            this.datagrams = free.datagrams();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        begin("name-server-datagrams", this::answerDatagrams);
        begin("name-server-connections", this::answerConnections);
    }

    /** Both of one port. */
    private record Sockets(ServerSocket connections, DatagramSocket datagrams) {

        /** A port that is free for connections may be somebody's for datagrams. */
        static Sockets open(InetAddress host) throws IOException {
            for (int attempt = 1; ; attempt++) {
                ServerSocket connections = new ServerSocket(0, 10, host);
                try {
                    return new Sockets(
                            connections, new DatagramSocket(new InetSocketAddress(host, connections.getLocalPort())));
                } catch (BindException taken) {
                    connections.close();
                    if (attempt == ATTEMPTS) {
                        throw taken;
                    }
                }
            }
        }
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), connections.getLocalPort());
    }

    /** Each question that came, as transport, name and type. */
    List<String> asked() {
        return asked;
    }

    void mute() {
        mute = true;
    }

    private static void begin(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private Message answer(String transport, byte[] query) throws IOException {
        Message question = new Message(query);
        asked.add(transport + " " + question.getQuestion().getName() + " "
                + question.getQuestion().getType());
        Message empty = new Message(question.getHeader().getID());
        empty.getHeader().setFlag(Flags.QR);
        empty.addRecord(question.getQuestion(), org.xbill.DNS.Section.QUESTION);
        return says.apply(empty);
    }

    private void answerDatagrams() {
        byte[] buffer = new byte[4096];
        while (!datagrams.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                datagrams.receive(packet);
                byte[] answer = answer("udp", java.util.Arrays.copyOf(buffer, packet.getLength()))
                        .toWire(512);
                if (!mute) {
                    datagrams.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            } catch (IOException e) {
                if (datagrams.isClosed()) {
                    return;
                }
            }
        }
    }

    private void answerConnections() {
        while (!connections.isClosed()) {
            try (Socket client = connections.accept()) {
                DataInputStream in = new DataInputStream(client.getInputStream());
                byte[] answer =
                        answer("tcp", in.readNBytes(in.readUnsignedShort())).toWire(65_535);
                DataOutputStream out = new DataOutputStream(client.getOutputStream());
                out.writeShort(answer.length);
                out.write(answer);
            } catch (IOException e) {
                if (connections.isClosed()) {
                    return;
                }
            }
        }
    }

    @Override
    public void close() {
        datagrams.close();
        try {
            connections.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
