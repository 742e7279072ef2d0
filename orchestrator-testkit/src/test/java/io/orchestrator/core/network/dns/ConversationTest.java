package io.orchestrator.core.network.dns;

import static io.orchestrator.core.network.dns.DnsFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** The cluster's DNS by connection, and what becomes of its port. */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class ConversationTest {
    private DnsFixture cluster;

    @BeforeEach
    void start() {
        cluster = new DnsFixture(List.of());
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    private static byte[] question(int id) throws IOException {
        Message query = Message.newQuery(Record.newRecord(Name.fromString("cluster.local."), Type.SOA, DClass.IN));
        query.getHeader().setID(id);
        return query.toWire();
    }

    private Socket connect() throws IOException {
        return connect(cluster);
    }

    private static Socket connect(DnsFixture cluster) throws IOException {
        Socket socket = new Socket(cluster.address.getAddress(), cluster.address.getPort());
        socket.setSoTimeout(30_000);
        return socket;
    }

    @Test
    void manyQuestionsOnOneConnectionAreAllAnswered() throws IOException {
        try (Socket socket = connect()) {
            DataOutputStream out = new DataOutputStream(new java.io.BufferedOutputStream(socket.getOutputStream()));
            for (int id = 0; id < 500; id++) {
                byte[] question = question(id);
                out.writeShort(question.length);
                out.write(question);
            }
            out.flush();
            socket.shutdownOutput();
            DataInputStream in = new DataInputStream(socket.getInputStream());
            List<Integer> ids = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                ids.add(new Message(in.readNBytes(in.readUnsignedShort()))
                        .getHeader()
                        .getID());
            }
            assertThat(ids).hasSize(500).doesNotHaveDuplicates();
            assertThat(in.read()).isNegative();
        }
    }

    @Test
    void aQuestionMayComeByteByByte() throws IOException {
        try (Socket socket = connect()) {
            socket.setTcpNoDelay(true);
            byte[] question = question(7);
            socket.getOutputStream().write(0);
            socket.getOutputStream().write(question.length);
            for (byte each : question) {
                socket.getOutputStream().write(each);
            }
            DataInputStream in = new DataInputStream(socket.getInputStream());
            assertThat(new Message(in.readNBytes(in.readUnsignedShort()))
                            .getHeader()
                            .getID())
                    .isEqualTo(7);
        }
    }

    @Test
    void whoSaysNothingOrTooMuchIsLeft() throws IOException {
        try (DnsFixture brisk = DnsFixture.leavingAfter(Duration.ofSeconds(1));
                Socket silent = connect(brisk);
                Socket endless = connect(brisk)) {
            announce(endless, 60_000);
            assertThat(isLeft(endless)).isTrue();
            assertThat(isLeft(silent)).isTrue();
        }
    }

    /** Unless it has been left by then: between two lines of a test a busy machine may be idle for longer than the server waits. */
    private static void announce(Socket socket, int length) {
        try {
            new DataOutputStream(socket.getOutputStream()).writeShort(length);
        } catch (IOException left) {
            assertThat(left).isInstanceOf(SocketException.class);
        }
    }

    /** Waits for that. What is said to somebody who has left already is answered by a reset. */
    private static boolean isLeft(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }

    @Test
    void theOldestOfTooManyConnectionsGoes() throws IOException {
        List<Socket> all = new ArrayList<>();
        try {
            for (int i = 0; i < 600; i++) {
                all.add(connect());
            }
            byte[] question = question(1);
            DataOutputStream out = new DataOutputStream(all.get(all.size() - 1).getOutputStream());
            out.writeShort(question.length);
            out.write(question);
            assertThat(new DataInputStream(all.get(all.size() - 1).getInputStream()).readUnsignedShort())
                    .isPositive();
            assertThat(all.get(0).getInputStream().read()).isNegative();
        } finally {
            for (Socket each : all) {
                each.close();
            }
        }
    }

    @Test
    void aPortThatIsTakenIsToldOnceAndHadWhenItIsFree() throws IOException {
        try (DatagramSocket squatter = new DatagramSocket(0, cluster.address.getAddress());
                DnsFixture second = new DnsFixture(
                        List.of(),
                        new java.net.InetSocketAddress(cluster.address.getAddress(), squatter.getLocalPort()))) {
            assertThat(second.failures).singleElement().asString().contains("cannot listen on");
            assertThat(second.dns.isListening()).isFalse();
            squatter.close();
            await().until(second.dns::isListening);
            assertThat(second.failures).hasSize(1);
        }
    }

    @Test
    void closingGivesThePortBack() throws IOException {
        cluster.dns.close();
        cluster.dns.close();
        try (DatagramSocket again = new DatagramSocket(cluster.address)) {
            assertThat(again.isBound()).isTrue();
        }
    }
}
