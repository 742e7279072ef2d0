package io.orchestrator.core.network.nftables;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import io.orchestrator.core.env.SystemEnvironment;
import io.orchestrator.core.network.IdlePeers;
import io.orchestrator.core.network.address.HostCommand;
import io.orchestrator.core.network.userspace.Settings;
import io.orchestrator.core.network.userspace.UserSpaceProxy;
import io.orchestrator.spi.network.ServicePort;
import io.orchestrator.spi.network.ServicePort.Endpoint;
import io.orchestrator.spi.network.ServiceProxy;
import io.orchestrator.spi.network.ServiceTable;
import io.orchestrator.testkit.junit.RequiresRoot;
import io.orchestrator.testkit.network.EchoServer;
import io.orchestrator.testkit.network.ServiceClient;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** By rules, connections are the kernel's: the process that has made the rules has none of them. */
@RequiresRoot
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class IdleConnectionsIT {
    private static final String ADDRESS = "127.233.7.10";
    private static final int PORT = 18_081;
    private static final int MOST = 10_000;
    private static final int SPARE_DESCRIPTORS = 200;

    /** Not more than wait at a listener. */
    private static final int ROUND = 1000;

    private final String table =
            "orchestrator_test_idle_" + ProcessHandle.current().pid();

    @Test
    void tenThousandThatSayNothingCostThisProcessNothingAndNobodyIsHeldUp() throws IOException {
        Optional<String> obstacle = NftablesProxy.obstacle(new HostCommand(), table);
        Assumptions.assumeTrue(obstacle.isEmpty(), () -> "this machine's kernel takes no rules: " + obstacle);
        try (SystemEnvironment system = new SystemEnvironment("idle-by-rules");
                IdlePeers clients = IdlePeers.start();
                IdlePeers servers = IdlePeers.start();
                EchoServer alive = EchoServer.start("alive", "127.0.0.1");
                ServiceProxy proxy = new NftablesProxy(
                        new UserSpaceProxy(system.environment(), Settings.defaults()),
                        new HostCommand(),
                        table,
                        new Random())) {
            clients.port();
            lead(proxy, new Endpoint("127.0.0.1", servers.port()));
            assertThat(proxy.name()).isEqualTo("nftables");
            int threads = Thread.activeCount();
            long descriptors = process().getOpenFileDescriptorCount();
            int count = (int) Math.min(MOST, process().getMaxFileDescriptorCount() - SPARE_DESCRIPTORS);
            for (int left = count; left > 0; left -= ROUND) {
                clients.connect(ADDRESS, PORT, Math.min(left, ROUND));
                servers.accept(Math.min(left, ROUND));
            }
            assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads + 2);
            assertThat(process().getOpenFileDescriptorCount()).isLessThan(descriptors + 20);
            lead(proxy, alive.endpoint());
            assertThat(ServiceClient.whoAnswers(ADDRESS, PORT)).isEqualTo("alive");
        }
    }

    private static void lead(ServiceProxy proxy, Endpoint endpoint) {
        ServicePort port = new ServicePort(
                "default", "web", "", List.of(ADDRESS), PORT, 0, "TCP", null, List.of(endpoint), List.of());
        assertThat(proxy.apply(new ServiceTable(List.of(port))).problems()).isEmpty();
    }

    private static UnixOperatingSystemMXBean process() {
        return (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    }
}
