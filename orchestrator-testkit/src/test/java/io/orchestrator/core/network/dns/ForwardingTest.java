package io.orchestrator.core.network.dns;

import static io.orchestrator.core.network.dns.DnsFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Names of others, as other servers have them. */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class ForwardingTest {
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private DnsFixture cluster(FakeNameServer... servers) {
        return opened(new DnsFixture(addresses(servers)));
    }

    /** One that has servers which say nothing to wait for. */
    private DnsFixture impatientCluster(FakeNameServer... servers) {
        return opened(DnsFixture.impatient(addresses(servers), Duration.ofSeconds(1)));
    }

    private List<InetSocketAddress> addresses(FakeNameServer... servers) {
        open.addAll(List.of(servers));
        return Stream.of(servers).map(FakeNameServer::address).toList();
    }

    private DnsFixture opened(DnsFixture cluster) {
        open.add(0, cluster);
        return cluster;
    }

    private static Message address(Message answer, long lifetime, String... addresses) {
        try {
            for (String address : addresses) {
                answer.addRecord(
                        new ARecord(
                                answer.getQuestion().getName(),
                                DClass.IN,
                                lifetime,
                                java.net.InetAddress.getByName(address)),
                        Section.ANSWER);
            }
            return answer;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Message code(Message answer, int rcode) {
        answer.getHeader().setRcode(rcode);
        return answer;
    }

    @Test
    void anotherNameIsAskedForOnceAndKept() {
        FakeNameServer server = new FakeNameServer(answer -> address(answer, 300, "192.0.2.7"));
        DnsFixture cluster = cluster(server);
        for (int i = 0; i < 3; i++) {
            assertThat(cluster.find("example.com.", Type.A)).containsExactly("A 192.0.2.7");
        }
        assertThat(server.asked()).containsExactly("udp example.com. 1");
        Message answer = cluster.ask("example.com.", Type.A);
        assertThat(answer.getHeader().getFlag(Flags.AA)).isFalse();
        assertThat(answer.getHeader().getFlag(Flags.RA)).isTrue();
    }

    @Test
    void whatMayNotBeKeptIsAskedForAgain() {
        FakeNameServer server = new FakeNameServer(answer -> address(answer, 0, "192.0.2.7"));
        DnsFixture cluster = cluster(server);
        cluster.find("example.com.", Type.A);
        cluster.find("example.com.", Type.A);
        assertThat(server.asked()).hasSize(2);
    }

    @Test
    void thatThereIsNoSuchNameIsKeptToo() {
        Name com = Name.fromConstantString("com.");
        FakeNameServer server = new FakeNameServer(answer -> {
            answer.addRecord(new SOARecord(com, DClass.IN, 60, com, com, 1, 1, 1, 1, 60), Section.AUTHORITY);
            return code(answer, Rcode.NXDOMAIN);
        });
        DnsFixture cluster = cluster(server);
        assertThat(cluster.ask("none.com.", Type.A).getRcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(cluster.ask("none.com.", Type.A).getRcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void anAnswerTooLongForADatagramComesByConnection() {
        String[] addresses = new String[100];
        for (int i = 0; i < addresses.length; i++) {
            addresses[i] = "192.0.2." + i;
        }
        FakeNameServer server = new FakeNameServer(answer -> address(answer, 60, addresses));
        DnsFixture cluster = cluster(server);
        assertThat(cluster.ask("big.example.", Type.A, true).getSection(Section.ANSWER))
                .hasSize(100);
        assertThat(server.asked()).containsExactly("udp big.example. 1", "tcp big.example. 1");
    }

    @Test
    void aServerThatIsSilentOrFailsIsPassedOver() {
        FakeNameServer silent = new FakeNameServer(answer -> answer);
        silent.mute();
        FakeNameServer failing = new FakeNameServer(answer -> code(answer, Rcode.SERVFAIL));
        FakeNameServer good = new FakeNameServer(answer -> address(answer, 60, "192.0.2.9"));
        DnsFixture cluster = impatientCluster(silent, failing, good);
        assertThat(cluster.find("example.com.", Type.A)).containsExactly("A 192.0.2.9");
    }

    @Test
    void whenNobodyAnswersItIsAFailureInBoundedTime() throws Exception {
        FakeNameServer silent = new FakeNameServer(answer -> answer);
        silent.mute();
        FakeNameServer gone = new FakeNameServer(answer -> answer);
        DnsFixture cluster = impatientCluster(silent, gone);
        gone.close();
        assertThat(cluster.ask("example.com.", Type.A).getRcode()).isEqualTo(Rcode.SERVFAIL);
        // Its thread may hear of the last question later than that is given up.
        await().untilAsserted(() -> assertThat(silent.asked()).hasSize(2));
    }

    @Test
    void anAnswerToAnotherQuestionIsNotTaken() {
        FakeNameServer liar = new FakeNameServer(answer -> {
            Message other = new Message(answer.getHeader().getID() ^ 1);
            other.getHeader().setFlag(Flags.QR);
            other.addRecord(answer.getQuestion(), Section.QUESTION);
            return address(other, 60, "192.0.2.66");
        });
        FakeNameServer good = new FakeNameServer(answer -> address(answer, 60, "192.0.2.9"));
        DnsFixture cluster = impatientCluster(liar, good);
        assertThat(cluster.find("example.com.", Type.A)).containsExactly("A 192.0.2.9");
    }

    /** What came by datagram is all that there is then. */
    @Test
    void anAnswerToAnotherQuestionByConnectionLeavesNobodyWaiting() {
        AtomicInteger questions = new AtomicInteger();
        String[] addresses = new String[100];
        Arrays.setAll(addresses, i -> "192.0.2." + i);
        FakeNameServer liar = new FakeNameServer(answer -> {
            if (questions.incrementAndGet() > 1) {
                answer.getHeader().setID(answer.getHeader().getID() ^ 1);
            }
            return address(answer, 60, addresses);
        });
        DnsFixture cluster = cluster(liar);
        for (int i = 0; i < 2; i++) {
            questions.set(0);
            assertThat(cluster.ask("big.example.", Type.A, true).getSection(Section.ANSWER))
                    .hasSizeLessThan(100);
        }
    }

    @Test
    void anAliasThatLeadsOutIsFollowedThere() {
        FakeNameServer server = new FakeNameServer(answer -> address(answer, 60, "192.0.2.7"));
        DnsFixture cluster = cluster(server);
        cluster.service(
                "away",
                spec -> spec.type("ExternalName").externalName("example.com").ports(List.of()));
        await().untilAsserted(() -> assertThat(cluster.find("away.default.svc.cluster.local.", Type.A))
                .containsExactly("A 192.0.2.7", "CNAME example.com."));
    }

    @Test
    void theClustersOwnNamesAreAskedOfNobody() {
        FakeNameServer server = new FakeNameServer(answer -> address(answer, 60, "192.0.2.7"));
        DnsFixture cluster = cluster(server);
        await().until(() ->
                cluster.ask("example.com.default.svc.cluster.local.", Type.A).getRcode() == Rcode.NXDOMAIN);
        assertThat(server.asked()).isEmpty();
    }
}
