package io.orchestrator.core.network.nftables;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.core.network.address.HostRoutes;
import io.orchestrator.spi.network.ServicePort;
import io.orchestrator.spi.network.ServicePort.Endpoint;
import io.orchestrator.spi.network.ServiceTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RulesetTest {
    private static final HostRoutes NO_ROUTES = HostRoutes.parse(List.of());
    private static final HostRoutes TWO_BRIDGES = HostRoutes.parse(List.of(
            "Iface Destination Gateway Flags RefCnt Use Metric Mask",
            "eth0 00000000 010200C0 0003 0 0 0 00000000",
            "docker0 000011AC 00000000 0001 0 0 0 0000FFFF",
            "br-7 000012AC 00000000 0001 0 0 0 0000FFFF"));

    private final Ruleset rules = new Ruleset("t", true, new Zones(new Random(3)));
    private HostRoutes routes = NO_ROUTES;

    private static ServicePort port(
            String name, String protocol, @Nullable Duration affinity, List<String> addresses, Endpoint... endpoints) {
        return new ServicePort(
                "default", name, "", addresses, 80, 0, protocol, affinity, List.of(endpoints), List.of());
    }

    private static ServicePort web(Endpoint... endpoints) {
        return port("web", "TCP", null, List.of("10.96.0.5"), endpoints);
    }

    private static Endpoint at(String address) {
        return new Endpoint(address, 8080);
    }

    private String become(ServicePort... ports) {
        return rules.become(cuts(List.of(ports), Set.of()));
    }

    /** Addresses from 192.168 may be others', and pods have addresses from 127.64. */
    private Map<Front, Lead> cuts(List<ServicePort> ports, Set<Place> taken) {
        Surroundings surroundings = new Surroundings(
                address -> !address.startsWith("192.168."), address -> address.startsWith("127.64."), () -> routes);
        return new ShortCuts(new ServiceTable(ports), taken, true, surroundings).all();
    }

    @Test
    void aNewServiceIsElementsAndTheFirstOfItsSizeAChain() {
        assertThat(become(web(at("172.18.0.2"), at("172.18.0.3"))).lines())
                .containsExactly(
                        "add chain ip t spread_2",
                        "add rule ip t spread_2 meta mark set meta mark or 0x4000",
                        "add rule ip t spread_2 meta l4proto tcp dnat ip to ip daddr . tcp dport . numgen random mod 2"
                                + " map @endpoints",
                        "add element ip t fronts { 10.96.0.5 . 80 }",
                        "add element ip t own { 172.18.0.2 . 10.96.0.5 . 80, 172.18.0.3 . 10.96.0.5 . 80 }",
                        "add element ip t endpoints { 10.96.0.5 . 80 . 0 : 172.18.0.2 . 8080,"
                                + " 10.96.0.5 . 80 . 1 : 172.18.0.3 . 8080 }",
                        "add element ip t services { 10.96.0.5 . 80 : goto spread_2 }");
        ServicePort next = port("next", "TCP", null, List.of("10.96.0.6"), at("127.64.0.1"), at("127.64.0.2"));
        assertThat(become(web(at("172.18.0.2"), at("172.18.0.3")), next))
                .doesNotContain("chain")
                .contains("services { 10.96.0.6 . 80 : goto spread_2 }");
    }

    /** Else Docker's sweep of what led to a container that goes takes a new connection to another with it. */
    @Test
    void endedConnectionsAreForgottenSoonWhereTheKernelCanBeTold() {
        assertThat(rules.begin(true))
                .contains(
                        "policy = { syn_sent : 1, time_wait : 2, close : 2 }",
                        "add rule ip t spread_1 ct timeout set \"brief\" meta mark set meta mark or 0x4000\n");
        assertThat(become(web(at("127.64.0.1"), at("127.64.0.2"))))
                .contains("add rule ip t spread_2 ct timeout set \"brief\" meta mark set meta mark or 0x4000\n");
        assertThat(rules.begin(false)).doesNotContain("ct timeout");
        assertThat(become(web(at("127.64.0.1"), at("127.64.0.2")))).doesNotContain("ct timeout");
    }

    @Test
    void anEndpointsChangeIsItsOwnElementAlone() {
        become(web(at("127.64.0.1"), at("127.64.0.2"), at("127.64.0.3")));
        assertThat(become(web(at("127.64.0.1"), at("127.64.0.3"), at("127.64.0.4")))
                        .lines())
                .containsExactly(
                        "delete element ip t endpoints { 10.96.0.5 . 80 . 1 }",
                        "add element ip t endpoints { 10.96.0.5 . 80 . 1 : 127.64.0.4 . 8080 }");
    }

    @Test
    void theLastTakesThePlaceOfOneThatGoes() {
        become(web(at("127.64.0.1"), at("127.64.0.2"), at("127.64.0.3")));
        assertThat(become(web(at("127.64.0.2"), at("127.64.0.3"))).lines())
                .contains(
                        "delete element ip t services { 10.96.0.5 . 80 }",
                        "delete element ip t endpoints { 10.96.0.5 . 80 . 0, 10.96.0.5 . 80 . 2 }",
                        "add element ip t endpoints { 10.96.0.5 . 80 . 0 : 127.64.0.3 . 8080 }",
                        "add element ip t services { 10.96.0.5 . 80 : goto spread_2 }");
    }

    /** After any changes the kernel has what it would have from the start. */
    @Test
    void whateverChangesTheElementsAreThoseOfTheTable() {
        Random random = new Random(7);
        routes = TWO_BRIDGES;
        ScriptedKernel kernel = new ScriptedKernel();
        kernel.take(rules.begin(false));
        for (int round = 0; round < 400; round++) {
            List<ServicePort> ports = new ArrayList<>();
            for (int service = 0; service < random.nextInt(5); service++) {
                String network = random.nextInt(4) == 0 ? "172.18.0." : "127.64.0.";
                Endpoint[] endpoints = random.ints(random.nextInt(6), 1, 9)
                        .distinct()
                        .mapToObj(i -> at(network + i))
                        .toArray(Endpoint[]::new);
                Duration affinity = service < 2 ? null : Duration.ofSeconds(10 + random.nextInt(2));
                String protocol = affinity == null && random.nextInt(3) == 0 ? "UDP" : "TCP";
                ServicePort port = withNodePort(
                        port("s" + service, protocol, affinity, List.of("10.96.0." + service, "10.97.0.1"), endpoints),
                        random.nextBoolean() ? 0 : 30_000 + service);
                ports.add(random.nextInt(4) == 0 ? forClients(port, "192.0.2." + random.nextInt(3) + "/32") : port);
            }
            kernel.take(become(ports.toArray(ServicePort[]::new)));
            Map<Front, Lead> wanted = cuts(ports, Set.of());
            assertThat(kernel.fronts()).containsExactlyInAnyOrderElementsOf(wanted.keySet());
            wanted.forEach((front, lead) -> assertThat(kernel.isNear(front, "br-7"))
                    .isEqualTo(lead.device().equals("br-7")));
            wanted.forEach((front, lead) ->
                    assertThat(kernel.leads(front)).containsExactlyInAnyOrderElementsOf(lead.endpoints()));
            int sticky = (int) wanted.values().stream()
                    .filter(lead -> lead.sticky() != null)
                    .map(Lead::sticky)
                    .distinct()
                    .count();
            assertThat(kernel.stickyChains()).isEqualTo(sticky);
            assertThat(kernel.guardChains()).isEqualTo((int) wanted.values().stream()
                    .filter(lead -> !lead.ranges().isEmpty())
                    .count());
        }
    }

    private static ServicePort forClients(ServicePort port, String... ranges) {
        return new ServicePort(
                port.namespace(),
                port.service(),
                port.portName(),
                port.addresses(),
                port.port(),
                port.nodePort(),
                port.protocol(),
                port.affinity(),
                port.endpoints(),
                port.draining(),
                List.of(ranges));
    }

    /** The others pass to the proxy beneath, which refuses them. */
    @Test
    void aServiceForSomeClientsLeadsTheseAlone() {
        ServicePort guarded = forClients(web(at("172.18.0.2")), "192.0.2.77/24", "nonsense", "fd00::/8");
        assertThat(become(guarded).lines())
                .contains(
                        "add chain ip t guard_0",
                        "add rule ip t guard_0 ip saddr 192.0.2.0/24 goto spread_1",
                        "add element ip t services { 10.96.0.5 . 80 : goto guard_0 }");
        assertThat(become(forClients(web(at("172.18.0.2")), "198.51.100.0/24")).lines())
                .containsExactly(
                        "flush chain ip t guard_0", "add rule ip t guard_0 ip saddr 198.51.100.0/24 goto spread_1");
        assertThat(become(web(at("172.18.0.2"))).lines())
                .containsExactly(
                        "delete element ip t services { 10.96.0.5 . 80 }",
                        "add element ip t services { 10.96.0.5 . 80 : goto spread_1 }",
                        "delete chain ip t guard_0");
        assertThat(become(forClients(web(at("172.18.0.2")), "fd00::/8")))
                .as("nobody of these is a client by IPv4")
                .doesNotContain("add element");
    }

    @Test
    void aRangeOfAllClientsIsNone() {
        assertThat(become(forClients(web(at("172.18.0.2")), "10.0.0.0/8", "0.0.0.0/0")))
                .doesNotContain("guard")
                .contains("services { 10.96.0.5 . 80 : goto spread_1 }");
    }

    /** All are told in one script, for which nft has its time. */
    @Test
    void aThousandFrontsForDatagramsAreLedAndTheOthersLeftToTheProxyBeneath() {
        List<ServicePort> many = new ArrayList<>();
        for (int i = 0; i < 1100; i++) {
            many.add(port("u" + i, "UDP", null, List.of("10.96." + i / 250 + "." + i % 250), at("172.18.0.2")));
        }
        many.add(web(at("172.18.0.3")));
        assertThat(cuts(many, Set.of())).hasSize(1001).containsKey(new Front("10.96.0.5", 80));
    }

    @Test
    void datagramsOfAnEndpointThatIsGoneAreForgottenByTheKernelAndNoOthers() {
        become(dns(at("172.18.0.2"), at("172.18.0.3")));
        String script = become(dns(at("172.18.0.3"), at("172.18.0.4")));
        assertThat(elements(script, "delete", "udp_endpoints"))
                .hasSize(Buckets.COUNT / 2)
                .isEqualTo(elements(script, "delete", "udp_zones"));
        assertThat(become(dns(at("172.18.0.3"), at("172.18.0.4"), at("172.18.0.5"))))
                .contains("udp_endpoints")
                .doesNotContain("udp_zones");
    }

    private static ServicePort dns(Endpoint... endpoints) {
        return port("dns", "UDP", null, List.of("10.96.0.7"), endpoints);
    }

    /** The keys of elements that a script deletes from a map. */
    private static List<String> elements(String script, String verb, String map) {
        return script.lines()
                .filter(line -> line.startsWith(verb + " element ip t " + map + " "))
                .flatMap(line -> List.of(line.replaceAll(".*\\{ | }", "").split(", ")).stream())
                .toList();
    }

    private static ServicePort withNodePort(ServicePort port, int nodePort) {
        return new ServicePort(
                port.namespace(),
                port.service(),
                port.portName(),
                port.addresses(),
                port.port(),
                nodePort,
                port.protocol(),
                port.affinity(),
                port.endpoints(),
                port.draining());
    }

    @Test
    void clientsThatStayAreFoundInASetForEachEndpoint() {
        ServicePort sticky =
                port("sticky", "TCP", Duration.ofHours(3), List.of("10.96.0.8"), at("172.18.0.2"), at("172.18.0.3"));
        assertThat(become(sticky).lines())
                .contains(
                        "add set ip t who_1 { type ipv4_addr; flags dynamic,timeout; timeout 10800s; size 65535; }",
                        "add rule ip t take_1 update @who_1 { ip saddr }",
                        "add rule ip t take_1 meta mark set meta mark or 0x4000 meta l4proto tcp dnat ip to"
                                + " 172.18.0.2:8080",
                        "add rule ip t stick_0 ip saddr @who_1 goto take_1",
                        "add rule ip t stick_0 numgen random mod 2 vmap { 0 : goto take_1, 1 : goto take_2 }",
                        "add element ip t services { 10.96.0.8 . 80 : goto stick_0 }");
        assertThat(become(port("sticky", "TCP", Duration.ofHours(3), List.of("10.96.0.8"), at("172.18.0.3")))
                        .lines())
                .containsExactly(
                        "flush chain ip t stick_0",
                        "add rule ip t stick_0 ip saddr @who_2 goto take_2",
                        "add rule ip t stick_0 numgen random mod 1 vmap { 0 : goto take_2 }",
                        "delete element ip t own { 172.18.0.2 . 10.96.0.8 . 80 }",
                        "delete chain ip t take_1",
                        "delete set ip t who_1");
    }

    @Test
    void aPortOfTheMachineHasMapsOfItsOwn() {
        assertThat(become(withNodePort(web(at("172.18.0.2")), 30_080)).lines())
                .contains(
                        "add element ip t node_fronts { 30080 }",
                        "add element ip t node_own { 172.18.0.2 . 30080 }",
                        "add element ip t node_endpoints { 30080 . 0 : 172.18.0.2 . 8080 }",
                        "add element ip t node_services { 30080 : goto node_spread_1 }");
    }

    @Test
    void aPortThatSomebodyElseHasIsLeftToThem() {
        ServicePort web = withNodePort(web(at("172.18.0.2")), 30_080);
        assertThat(cuts(List.of(web), Set.of(new Place("", 30_080)))).containsOnlyKeys(new Front("10.96.0.5", 80));
        ServicePort external = port("external", "TCP", null, List.of("10.96.0.6", "192.168.1.9"), at("172.18.0.2"));
        assertThat(cuts(List.of(external), Set.of(new Place("192.168.1.9", 80))))
                .containsOnlyKeys(new Front("10.96.0.6", 80));
    }

    /** Where it leads depends on where the client is, which only sockets sort out. */
    @Test
    void endpointsOnLoopbackAndBeyondAreLeftToTheProxyBeneath() {
        assertThat(become(web(at("127.64.0.1"), at("172.18.0.2")))).isEmpty();
    }

    /** What this machine sends to loopback comes from loopback, and is not let out. */
    @Test
    void fromLoopbackNothingIsLedBeyondIt() {
        assertThat(become(port("out", "TCP", null, List.of("127.130.0.5"), at("172.18.0.2"))))
                .isEmpty();
        assertThat(become(port("in", "TCP", null, List.of("127.130.0.5"), at("127.64.0.1"))))
                .contains("add element ip t services { 127.130.0.5 . 80 : goto spread_1 }");
    }

    /** Sockets learn at once that nobody has such an address here. */
    @Test
    void podsOnTheLoopbackOfAnotherMachineAreLeftToTheProxyBeneath() {
        assertThat(become(web(at("127.64.0.1"), at("127.65.0.1")))).isEmpty();
    }

    /** Whether the kernel passes on what comes by another bridge is for others to say. */
    @Test
    void podsAreLedThatComeByTheBridgeBehindWhichAllEndpointsAre() {
        routes = TWO_BRIDGES;
        ServicePort published = withNodePort(web(at("172.18.0.2"), at("172.18.0.3")), 30_080);
        assertThat(become(published))
                .contains(
                        "add element ip t near { \"br-7\" . 10.96.0.5 . 80 }\n",
                        "add element ip t node_near { \"br-7\" . 30080 }\n");
        assertThat(become(withNodePort(web(at("172.18.0.2"), at("172.17.0.3")), 30_080)))
                .contains(
                        "delete element ip t near { \"br-7\" . 10.96.0.5 . 80 }\n",
                        "delete element ip t node_near { \"br-7\" . 30080 }\n")
                .doesNotContain("add element ip t near");
        assertThat(become(web(at("192.0.2.1")))).as("by the default route").doesNotContain("near");
    }

    @Test
    void whatIsTheSameIsNotSaidAgain() {
        become(web(at("127.64.0.1")));
        assertThat(become(web(at("127.64.0.1")))).isEmpty();
    }

    @Test
    void anAddressPassesFromOneServiceToAnother() {
        become(web(at("127.64.0.1")));
        assertThat(become(port("next", "TCP", null, List.of("10.96.0.5"), at("127.64.0.2")))
                        .lines())
                .containsExactly(
                        "delete element ip t endpoints { 10.96.0.5 . 80 . 0 }",
                        "add element ip t endpoints { 10.96.0.5 . 80 . 0 : 127.64.0.2 . 8080 }");
    }

    @Test
    void withoutEndpointsThereIsNoShortCut() {
        become(web(at("127.64.0.1")));
        assertThat(become(web()).lines())
                .containsExactly(
                        "delete element ip t services { 10.96.0.5 . 80 }",
                        "delete element ip t endpoints { 10.96.0.5 . 80 . 0 }",
                        "delete element ip t fronts { 10.96.0.5 . 80 }");
    }

    @Test
    void whatRulesCannotDoIsLeftToTheProxyBeneath() {
        assertThat(become(
                        port("stays", "UDP", Duration.ofHours(1), List.of("10.96.0.7"), at("127.64.0.1")),
                        port("six", "TCP", null, List.of("fd00::1"), at("127.64.0.1")),
                        port("to-six", "TCP", null, List.of("10.96.0.9"), at("fd00::2"))))
                .isEmpty();
    }

    @Test
    void theFirstThatClaimsAnAddressHasIt() {
        assertThat(become(web(at("127.64.0.1")), port("late", "TCP", null, List.of("10.96.0.5"), at("127.64.0.2"))))
                .contains("127.64.0.1")
                .doesNotContain("127.64.0.2");
    }
}
