package io.orchestrator.core.network.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchestrator.core.join.PodRoute;
import io.orchestrator.core.network.address.Command;
import io.orchestrator.core.network.address.HostRoutes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelRoutesTest {
    private static final PodRoute TWO = new PodRoute("10.244.2.0/24", "10.0.0.2");
    private static final PodRoute THREE = new PodRoute("10.244.3.0/24", "10.0.0.3");

    private static final String HEADING = "Iface Destination Gateway Flags RefCnt Use Metric Mask";
    private static final String WHERE_THREE_IS = "eth0 0003F40A %s 0003 0 0 0 00FFFFFF";

    @TempDir
    private Path folder;

    private final FakeKernel kernel = new FakeKernel();
    private List<String> standing = List.of(
            HEADING,
            "eth0 00000000 FE00000A 0003 0 0 0 00000000",
            "eth0 0000000A 00000000 0001 0 0 0 00FFFFFF",
            "eth0 0000A8C0 FE00000A 0003 0 0 0 0000FFFF");
    private KernelRoutes routes;

    @BeforeEach
    void open() {
        routes = another();
    }

    private KernelRoutes another() {
        return new KernelRoutes(
                "10.244.1.0/24", folder.resolve("pod-routes"), kernel, () -> HostRoutes.parse(standing));
    }

    /** Routes and rules in memory, as {@code ip} and {@code iptables} have them. */
    private static final class FakeKernel implements Command {
        final Set<String> routes = new TreeSet<>(Set.of("192.168.0.0/16 via 10.0.0.254"));
        final List<String> jumps = new ArrayList<>();
        String restored = "";
        String unreachable = "-";
        String hanging = "-";

        @Override
        public Result run(List<String> command, String input, Duration deadline) {
            String line = String.join(" ", command);
            if (line.endsWith(hanging)) {
                throw new CommandFailure("no end in time: " + line);
            }
            if (line.startsWith("ip -4 route replace ")) {
                String route = line.substring("ip -4 route replace ".length());
                return route.endsWith(unreachable)
                        ? new Result(2, "Error: Nexthop has invalid gateway.")
                        : answer(routes.add(route) || routes.contains(route));
            }
            if (line.startsWith("ip -4 route del ")) {
                return answer(routes.remove(line.substring("ip -4 route del ".length())));
            }
            if (command.get(0).equals("iptables-restore")) {
                restored = input;
                return answer(true);
            }
            String rest = line.substring("iptables -w -t ".length());
            if (rest.contains(" -C ")) {
                return answer(jumps.contains(rest.replace(" -C ", " ")));
            }
            if (rest.contains(" -I ") || rest.contains(" -A ")) {
                return answer(jumps.add(rest.replaceFirst(" -[IA] ", " ")));
            }
            return answer(!rest.contains(" -D ") || jumps.remove(rest.replace(" -D ", " ")));
        }

        private static Result answer(boolean well) {
            return new Result(well ? 0 : 1, "");
        }
    }

    @Test
    void eachOtherNodeHasARouteAndWhatItSendsIsLetPassAndSeesWhoSends() {
        routes.apply(List.of(TWO, THREE));
        assertThat(kernel.routes)
                .containsExactly(
                        "10.244.2.0/24 via 10.0.0.2", "10.244.3.0/24 via 10.0.0.3", "192.168.0.0/16 via 10.0.0.254");
        assertThat(kernel.restored)
                .contains(
                        "-A ORCHESTRATOR-10.244.1.0 -s 10.244.2.0/24 -d 10.244.1.0/24 -j ACCEPT\n",
                        "-A ORCHESTRATOR-10.244.1.0 -s 10.0.0.2/32 -d 10.244.1.0/24 -j ACCEPT\n",
                        "-A ORCHESTRATOR-10.244.1.0 -d 10.244.2.0/24 -j RETURN\n")
                .contains("-d 10.244.1.0/24 -j RETURN\n")
                .endsWith("-A ORCHESTRATOR-10.244.1.0 -j MASQUERADE\nCOMMIT\n");
        assertThat(kernel.jumps)
                .containsExactly(
                        "filter DOCKER-USER -j ORCHESTRATOR-10.244.1.0",
                        "nat POSTROUTING -s 10.244.1.0/24 -j ORCHESTRATOR-10.244.1.0");
    }

    @Test
    void aCommandThatHangsKeepsNothingElseFromBeingTakenAwayAndItsRouteStaysNoted() {
        routes.apply(List.of(TWO, THREE));
        kernel.hanging = "10.0.0.2";
        assertThatThrownBy(routes::clear)
                .isInstanceOf(Command.CommandFailure.class)
                .hasMessageContaining("route del");
        assertThat(kernel.routes).containsExactly("10.244.2.0/24 via 10.0.0.2", "192.168.0.0/16 via 10.0.0.254");
        assertThat(kernel.jumps).isEmpty();
        kernel.hanging = "-";
        assertThat(another().remembered()).containsExactly(TWO);
    }

    @Test
    void toldAgainNothingStandsTwice() {
        routes.apply(List.of(TWO));
        List<String> jumps = List.copyOf(kernel.jumps);
        routes.apply(List.of(TWO));
        assertThat(kernel.jumps).isEqualTo(jumps);
    }

    @Test
    void theNextProcessTakesAwayWhatTheOneThatWasKilledHadLaidAndNobodyWantsAnyMore() {
        routes.apply(List.of(TWO, THREE));
        KernelRoutes next = another();
        assertThat(next.remembered()).containsExactlyInAnyOrder(TWO, THREE);
        next.apply(List.of(THREE));
        assertThat(kernel.routes).containsExactly("10.244.3.0/24 via 10.0.0.3", "192.168.0.0/16 via 10.0.0.254");
        assertThat(kernel.restored).doesNotContain("10.244.2.0");
    }

    @Test
    void aNodeThatIsNotOfThisSegmentKeepsNoneOfTheOthersFromItsRoute() {
        kernel.unreachable = TWO.via();
        assertThatThrownBy(() -> routes.apply(List.of(TWO, THREE)))
                .isInstanceOf(Command.CommandFailure.class)
                .hasMessageContaining("10.244.2.0/24 via 10.0.0.2: Error: Nexthop");
        assertThat(kernel.routes).contains("10.244.3.0/24 via 10.0.0.3");
    }

    @Test
    void whatANodeSaysOfItselfDoesNotCutThisMachineFromItsOwnNetworksAndPods() {
        for (String taken : List.of("10.0.0.0/24", "10.0.0.128/25", "10.0.0.0/8", "10.244.0.0/16", "10.244.1.128/25")) {
            PodRoute harmful = new PodRoute(taken, "10.0.0.2");
            assertThatThrownBy(() -> routes.apply(List.of(harmful, THREE)))
                    .as(taken)
                    .isInstanceOf(Command.CommandFailure.class)
                    .hasMessageContaining(harmful + ": this machine is in a network of these addresses itself");
            assertThat(kernel.routes).containsExactly(THREE.toString(), "192.168.0.0/16 via 10.0.0.254");
            assertThat(kernel.restored).doesNotContain(taken);
        }
        assertThat(PodRoute.isSubnet("0.0.0.0/1"))
                .as("half of all that there is")
                .isFalse();
        assertThat(PodRoute.isSubnet("10.0.0.0/8")).isTrue();
    }

    @Test
    void aRouteOfSomebodyElseIsNeitherReplacedNorTakenAwayAndOneOfOursIs() {
        PodRoute taken = new PodRoute("192.168.0.0/16", "10.0.0.2");
        assertThatThrownBy(() -> routes.apply(List.of(taken)))
                .isInstanceOf(Command.CommandFailure.class)
                .hasMessageContaining("192.168.0.0/16 via 10.0.0.2: somebody else has laid one by 10.0.0.254");
        routes.apply(List.of());
        routes.clear();
        assertThat(kernel.routes).containsExactly("192.168.0.0/16 via 10.0.0.254");

        routes.apply(List.of(THREE));
        standing = List.of(HEADING, WHERE_THREE_IS.formatted("0300000A"));
        PodRoute moved = new PodRoute(THREE.subnet(), "10.0.0.33");
        another().apply(List.of(moved));
        assertThat(kernel.routes).containsExactly(moved.toString(), "192.168.0.0/16 via 10.0.0.254");
    }

    @Test
    void clearingLeavesWhatOthersHaveLaid() {
        routes.apply(List.of(TWO, THREE));
        routes.clear();
        assertThat(kernel.routes).containsExactly("192.168.0.0/16 via 10.0.0.254");
        assertThat(kernel.jumps).isEmpty();
        assertThat(another().remembered()).isEmpty();
    }
}
