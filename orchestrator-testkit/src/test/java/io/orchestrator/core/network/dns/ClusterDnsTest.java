package io.orchestrator.core.network.dns;

import static io.orchestrator.core.network.dns.DnsFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.core.ServicePortBuilder;
import io.orchestrator.api.model.discovery.Endpoint;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** The names of the Kubernetes DNS specification, asked for over sockets. */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class ClusterDnsTest {
    private static DnsFixture cluster;

    @BeforeAll
    static void start() {
        cluster = new DnsFixture(List.of());
        await().until(() -> cluster.ask("cluster.local.", Type.SOA).getRcode() == Rcode.NOERROR);
        await().until(() -> cluster.ask("no.default.svc.cluster.local.", Type.A).getRcode() == Rcode.NXDOMAIN);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @AfterEach
    void forget() {
        cluster.client
                .services()
                .list()
                .items()
                .forEach(service ->
                        cluster.client.services().delete(service.metadata().name()));
        cluster.client
                .resources(io.orchestrator.api.model.discovery.EndpointSlice.TYPE)
                .list()
                .items()
                .forEach(slice -> cluster.client
                        .resources(io.orchestrator.api.model.discovery.EndpointSlice.TYPE)
                        .delete(slice.metadata().name()));
    }

    private static void eventually(String name, int type, String... answers) {
        await().untilAsserted(() -> assertThat(cluster.find(name, type)).containsExactly(answers));
    }

    private static int code(String name, int type) {
        return cluster.ask(name, type).getRcode();
    }

    @Test
    void aServiceHasItsAddressItsPortsAndTheWayBack() {
        Service web = cluster.service(
                "web",
                spec -> spec.ports(List.of(
                        ServicePortBuilder.builder().name("http").port(80).build(),
                        ServicePortBuilder.builder()
                                .name("dns")
                                .port(53)
                                .protocol("UDP")
                                .build())));
        String ip = web.spec().clusterIP();
        eventually("web.default.svc.cluster.local.", Type.A, "A " + ip);
        eventually(
                "_http._tcp.web.default.svc.cluster.local.", Type.SRV, "SRV 0 100 80 web.default.svc.cluster.local.");
        eventually("_dns._udp.web.default.svc.cluster.local.", Type.SRV, "SRV 0 100 53 web.default.svc.cluster.local.");
        String[] octets = ip.split("\\.");
        eventually(
                octets[3] + "." + octets[2] + "." + octets[1] + "." + octets[0] + ".in-addr.arpa.",
                Type.PTR,
                "PTR web.default.svc.cluster.local.");
    }

    @Test
    void whoIsToldOfAPortIsToldTheAddressToo() {
        Service web = cluster.service("web", spec -> spec);
        eventually("web.default.svc.cluster.local.", Type.A, "A " + web.spec().clusterIP());
        Message answer = cluster.ask("_http._tcp.web.default.svc.cluster.local.", Type.SRV);
        assertThat(answer.getSection(Section.ADDITIONAL))
                .extracting(Record::rdataToString)
                .containsExactly(web.spec().clusterIP());
    }

    @Test
    void aHeadlessServiceHasItsReadyEndpointsEachByItsHostname() {
        cluster.service("db", spec -> spec.clusterIP("None"));
        cluster.slice(
                "db",
                DnsFixture.endpoint("10.1.0.1", "db-0", true),
                DnsFixture.endpoint("10.1.0.2", "db-1", true),
                DnsFixture.endpoint("10.1.0.3", "db-2", false),
                DnsFixture.endpoint("10.1.0.4", null, true));
        eventually("db.default.svc.cluster.local.", Type.A, "A 10.1.0.1", "A 10.1.0.2", "A 10.1.0.4");
        eventually("db-0.db.default.svc.cluster.local.", Type.A, "A 10.1.0.1");
        eventually("10-1-0-4.db.default.svc.cluster.local.", Type.A, "A 10.1.0.4");
        assertThat(code("db-2.db.default.svc.cluster.local.", Type.A)).isEqualTo(Rcode.NXDOMAIN);
        eventually(
                "_http._tcp.db.default.svc.cluster.local.",
                Type.SRV,
                "SRV 0 100 8080 10-1-0-4.db.default.svc.cluster.local.",
                "SRV 0 100 8080 db-0.db.default.svc.cluster.local.",
                "SRV 0 100 8080 db-1.db.default.svc.cluster.local.");
        eventually("2.0.1.10.in-addr.arpa.", Type.PTR, "PTR db-1.db.default.svc.cluster.local.");
    }

    @Test
    void anEndpointOfTheSixthVersionHasAnAddressOfThatKindAndTheWayBack() {
        cluster.service("six", spec -> spec.clusterIP("None").ipFamilies(List.of("IPv6")));
        cluster.slice("six", "IPv6", DnsFixture.endpoint("fd00::5", "six-0", true));
        eventually("six.default.svc.cluster.local.", Type.AAAA, "AAAA fd00:0:0:0:0:0:0:5");
        eventually("six-0.six.default.svc.cluster.local.", Type.AAAA, "AAAA fd00:0:0:0:0:0:0:5");
        assertThat(cluster.find("six.default.svc.cluster.local.", Type.A)).isEmpty();
        eventually(
                "5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.d.f.ip6.arpa.",
                Type.PTR,
                "PTR six-0.six.default.svc.cluster.local.");
    }

    @Test
    void aChangeIsAnsweredForAtOnceAndNotAfterALifetime() {
        cluster.service("db", spec -> spec.clusterIP("None"));
        var slice = cluster.slice("db", DnsFixture.endpoint("10.1.0.1", "db-0", true));
        eventually("db.default.svc.cluster.local.", Type.A, "A 10.1.0.1");
        // A busy machine may be slow with one of them, not with each.
        java.time.Duration fastest = java.time.Duration.ofDays(1);
        for (int i = 0; i < 3; i++) {
            String next = "10.1.0." + (9 + i);
            long start = System.nanoTime();
            cluster.client
                    .resources(io.orchestrator.api.model.discovery.EndpointSlice.TYPE)
                    .edit(
                            slice.metadata().name(),
                            old -> old.with(
                                    change -> change.endpoints(List.of(DnsFixture.endpoint(next, "db-0", true)))));
            await().pollInterval(java.time.Duration.ofMillis(1))
                    .until(() -> cluster.find("db-0.db.default.svc.cluster.local.", Type.A)
                            .equals(List.of("A " + next)));
            java.time.Duration took = java.time.Duration.ofNanos(System.nanoTime() - start);
            fastest = took.compareTo(fastest) < 0 ? took : fastest;
        }
        assertThat(fastest).isLessThan(java.time.Duration.ofSeconds(ServiceRecords.TTL));
    }

    @Test
    void anEndpointsNameIsThereWithoutAnyReadyOne() {
        cluster.service("db", spec -> spec.clusterIP("None"));
        await().until(() -> code("db.default.svc.cluster.local.", Type.A) == Rcode.NOERROR);
        assertThat(cluster.find("db.default.svc.cluster.local.", Type.A)).isEmpty();
    }

    @Test
    void anExternalNameIsAnAlias() {
        cluster.service(
                "away",
                spec -> spec.type("ExternalName").externalName("example.com").ports(List.of()));
        eventually("away.default.svc.cluster.local.", Type.CNAME, "CNAME example.com.");
    }

    @Test
    void anAliasOfAServiceIsFollowedWithinTheCluster() {
        Service web = cluster.service("web", spec -> spec);
        cluster.service(
                "alias",
                spec -> spec.type("ExternalName")
                        .externalName("web.default.svc.cluster.local")
                        .ports(List.of()));
        eventually(
                "alias.default.svc.cluster.local.",
                Type.A,
                "A " + web.spec().clusterIP(),
                "CNAME web.default.svc.cluster.local.");
    }

    @Test
    void aliasesThatLeadToEachOtherEnd() {
        cluster.service(
                "one",
                spec -> spec.type("ExternalName")
                        .externalName("two.default.svc.cluster.local")
                        .ports(List.of()));
        cluster.service(
                "two",
                spec -> spec.type("ExternalName")
                        .externalName("one.default.svc.cluster.local")
                        .ports(List.of()));
        await().until(() -> code("one.default.svc.cluster.local.", Type.A) == Rcode.SERVFAIL);
    }

    @Test
    void aPodHasANameByItsAddress() {
        cluster.pod("p", "10.1.2.3");
        eventually("10-1-2-3.default.pod.cluster.local.", Type.A, "A 10.1.2.3");
        assertThat(code("10-1-2-4.default.pod.cluster.local.", Type.A)).isEqualTo(Rcode.NXDOMAIN);
        assertThat(code("nonsense.default.pod.cluster.local.", Type.A)).isEqualTo(Rcode.NXDOMAIN);
        assertThat(code("default.pod.cluster.local.", Type.A)).isEqualTo(Rcode.NOERROR);
    }

    @Test
    void whatIsNotThereIsToldFromWhatHasNothingOfTheKind() {
        Service web = cluster.service("web", spec -> spec);
        eventually("web.default.svc.cluster.local.", Type.A, "A " + web.spec().clusterIP());
        Message noAddress = cluster.ask("web.default.svc.cluster.local.", Type.AAAA);
        assertThat(noAddress.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(noAddress.getSection(Section.ANSWER)).isEmpty();
        assertThat(noAddress.getSection(Section.AUTHORITY))
                .extracting(Record::getType)
                .containsExactly(Type.SOA);
        assertThat(code("_tcp.web.default.svc.cluster.local.", Type.A)).isEqualTo(Rcode.NOERROR);
        assertThat(code("default.svc.cluster.local.", Type.A)).isEqualTo(Rcode.NOERROR);
        assertThat(code("svc.cluster.local.", Type.A)).isEqualTo(Rcode.NOERROR);
        assertThat(code("none.default.svc.cluster.local.", Type.A)).isEqualTo(Rcode.NXDOMAIN);
        assertThat(code("web.nowhere.svc.cluster.local.", Type.A)).isEqualTo(Rcode.NXDOMAIN);
        cluster.client.services().delete("web");
        await().until(() -> code("web.default.svc.cluster.local.", Type.A) == Rcode.NXDOMAIN);
        assertThat(code("default.svc.cluster.local.", Type.A)).isEqualTo(Rcode.NXDOMAIN);
    }

    @Test
    void theZoneSaysWhatItIs() {
        assertThat(cluster.find("dns-version.cluster.local.", Type.TXT)).containsExactly("TXT 1.1.0");
        assertThat(cluster.find("cluster.local.", Type.NS)).containsExactly("NS ns.dns.cluster.local.");
        assertThat(cluster.find("ns.dns.cluster.local.", Type.A)).containsExactly("A " + DnsFixture.SERVER);
    }

    @Test
    void namesAreReadWhateverTheirCaseAndEchoedAsAsked() {
        Service web = cluster.service("web", spec -> spec);
        eventually("WEB.Default.svc.CLUSTER.local.", Type.A, "A " + web.spec().clusterIP());
        Message answer = cluster.ask("WeB.default.svc.cluster.local.", Type.A);
        assertThat(answer.getQuestion().getName().toString()).isEqualTo("WeB.default.svc.cluster.local.");
        assertThat(answer.getHeader().getFlag(Flags.AA)).isTrue();
    }

    @Test
    void whatDoesNotFitInADatagramIsCutAndToldInWholeByConnection() throws IOException {
        cluster.service("many", spec -> spec.clusterIP("None"));
        cluster.slice(
                "many",
                IntStream.range(1, 101)
                        .mapToObj(i -> DnsFixture.endpoint("10.1.1." + i, null, true))
                        .toArray(Endpoint[]::new));
        String name = "many.default.svc.cluster.local.";
        await().until(() ->
                cluster.ask(name, Type.A, true).getSection(Section.ANSWER).size() == 100);
        Message cut = cluster.ask(name, Type.A);
        assertThat(cut.getHeader().getFlag(Flags.TC)).isTrue();
        assertThat(cut.numBytes()).isLessThanOrEqualTo(512);
        assertThat(cut.getSection(Section.ANSWER)).hasSizeGreaterThan(20);

        Message asked = Message.newQuery(Record.newRecord(Name.fromString(name), Type.A, DClass.IN));
        asked.addRecord(new OPTRecord(4096, 0, 0), Section.ADDITIONAL);
        Message longer = cluster.ask(asked, false);
        assertThat(longer.getHeader().getFlag(Flags.TC)).isTrue();
        assertThat(longer.numBytes()).isBetween(513, UpstreamExchange.PAYLOAD);
        assertThat(longer.getOPT()).isNotNull();
    }

    @Test
    void withoutAnybodyElseOtherNamesAreRefused() {
        Message refused = cluster.ask("example.com.", Type.A);
        assertThat(refused.getRcode()).isEqualTo(Rcode.REFUSED);
        assertThat(refused.getHeader().getFlag(Flags.RA)).isFalse();
    }

    @Test
    void addressesOfServicesThatAreNotThereAreNobodyElsesBusiness() {
        assertThat(code("9.9.96.10.in-addr.arpa.", Type.PTR)).isEqualTo(Rcode.NXDOMAIN);
    }

    @Test
    void anExtensionOfAnotherVersionIsRefusedAsTheProtocolSays() throws IOException {
        Message asked = Message.newQuery(Record.newRecord(Name.fromString("cluster.local."), Type.SOA, DClass.IN));
        asked.addRecord(new OPTRecord(1232, 0, 1), Section.ADDITIONAL);
        assertThat(cluster.ask(asked, false).getRcode()).isEqualTo(Rcode.BADVERS);
    }

    @Test
    void anotherClassOrATransferIsRefused() throws IOException {
        Name name = Name.fromString("cluster.local.");
        assertThat(cluster.ask(Message.newQuery(Record.newRecord(name, Type.TXT, DClass.CH)), false)
                        .getRcode())
                .isEqualTo(Rcode.REFUSED);
        byte[] transfer =
                Message.newQuery(Record.newRecord(name, Type.AXFR, DClass.IN)).toWire();
        assertThat(new Message(cluster.send(transfer, java.time.Duration.ofSeconds(30))).getRcode())
                .isEqualTo(Rcode.REFUSED);
    }

    @Test
    void bytesThatAreNoQuestionAreAnsweredOrDropped() throws IOException {
        byte[] question = Message.newQuery(Record.newRecord(Name.fromString("a.b.c."), Type.A, DClass.IN))
                .toWire();
        java.time.Duration soon = java.time.Duration.ofSeconds(30);
        byte[] cut = Arrays.copyOf(question, question.length - 3);
        assertThat(new Message(cluster.send(cut, soon)).getRcode()).isEqualTo(Rcode.FORMERR);
        byte[] huge = Arrays.copyOf(question, 20_000);
        assertThat(new Message(cluster.send(huge, soon)).getRcode()).isEqualTo(Rcode.FORMERR);
        byte[] loop = question.clone();
        loop[12] = (byte) 0xC0;
        loop[13] = 12;
        assertThat(new Message(cluster.send(loop, soon)).getRcode()).isEqualTo(Rcode.FORMERR);
        byte[] update = question.clone();
        update[2] = (byte) (5 << 3);
        assertThat(new Message(cluster.send(update, soon)).getRcode()).isEqualTo(Rcode.NOTIMP);
        java.time.Duration moment = java.time.Duration.ofMillis(200);
        byte[] answer = question.clone();
        answer[2] |= (byte) 0x80;
        assertThat(cluster.send(answer, moment)).isNull();
        assertThat(cluster.send(new byte[] {1, 2, 3}, moment)).isNull();
        assertThat(cluster.send(new byte[0], moment)).isNull();
        assertThat(code("cluster.local.", Type.SOA)).isEqualTo(Rcode.NOERROR);
    }

    @Test
    void randomBytesNeverHarm() throws IOException {
        java.util.Random random = new java.util.Random(7);
        try (java.net.DatagramSocket socket = new java.net.DatagramSocket()) {
            for (int i = 0; i < 2000; i++) {
                byte[] noise = new byte[random.nextInt(600)];
                random.nextBytes(noise);
                socket.send(new java.net.DatagramPacket(noise, noise.length, cluster.address));
            }
        }
        // What is asked while the noise still waits may be dropped with it, and has no answer: then it is asked again.
        Message question = Message.newQuery(Record.newRecord(Name.fromString("cluster.local."), Type.SOA, DClass.IN));
        await().ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> cluster.ask(question, false, java.time.Duration.ofSeconds(1))
                                .getRcode()
                        == Rcode.NOERROR);
    }
}
