package io.orchestrator.apiserver.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineFiguresTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path proc;

    private void file(String name, String... lines) throws IOException {
        Path file = proc.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, List.of(lines));
    }

    private static Map<String, Object> told(Path proc) {
        Map<String, Object> told = new LinkedHashMap<>();
        new MachineFigures(proc, NOW).tell(told);
        return told;
    }

    @Test
    void theInterfaceThatLeadsToEverybodyStandsForTheNetwork() throws IOException {
        file(
                "net/dev",
                "Inter-|   Receive                                                |  Transmit",
                " face |bytes    packets errs drop fifo frame compressed multicast|bytes packets errs drop fifo",
                "    lo:    5000      50    0    0    0     0          0         0     5000      50    0    0    0",
                "   br0:      10       1    2    0    0     0          0         0       20       1    3    0    0",
                "  eth0:     100       1    4    0    0     0          0         0      200       1    5    0    0");
        file(
                "net/route",
                "Iface\tDestination\tGateway \tFlags",
                "br0\t00001EAC\t00000000\t0001",
                "eth0\t00000000\t010200C0\t0003");
        file("loadavg", "1.52 1.47 1.36 3/791 4242");
        file("sys/kernel/pid_max", "32768");

        Map<String, Object> eth0 =
                Map.of("name", "eth0", "rxBytes", 100L, "rxErrors", 4L, "txBytes", 200L, "txErrors", 5L);
        Map<String, Object> br0 = Map.of("name", "br0", "rxBytes", 10L, "rxErrors", 2L, "txBytes", 20L, "txErrors", 3L);
        Map<String, Object> network = new LinkedHashMap<>(eth0);
        network.put("time", "2026-01-01T00:00:00Z");
        network.put("interfaces", List.of(eth0, br0));
        assertThat(told(proc))
                .isEqualTo(Map.of(
                        "network",
                        network,
                        "rlimit",
                        Map.of("time", "2026-01-01T00:00:00Z", "maxpid", 32768L, "curproc", 791L)));
    }

    @Test
    void aMachineWithoutSuchFilesTellsNothing() {
        assertThat(told(proc)).isEmpty();
    }

    /** The kernel allows no less than 301, and tells its settings in one piece or not at all. */
    @Test
    void thisMachineTellsHowManyProcessesItMayHave() {
        Path kernel = Path.of("/proc");
        assumeTrue(Files.exists(kernel.resolve("sys/kernel/pid_max")));

        assertThat(told(kernel).get("rlimit"))
                .extracting("maxpid")
                .isInstanceOfSatisfying(Long.class, most -> assertThat(most).isGreaterThan(300));
    }
}
