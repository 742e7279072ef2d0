package io.orchestrator.core.network.address;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.core.env.SystemEnvironment;
import io.orchestrator.core.network.AddressHoldingProxy;
import io.orchestrator.core.network.userspace.Settings;
import io.orchestrator.core.network.userspace.UserSpaceProxy;
import io.orchestrator.spi.network.ServicePort;
import io.orchestrator.spi.network.ServiceProxy;
import io.orchestrator.spi.network.ServiceTable;
import io.orchestrator.testkit.junit.RequiresRoot;
import io.orchestrator.testkit.network.EchoServer;
import io.orchestrator.testkit.network.ServiceClient;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

@RequiresRoot
class InterfaceAddressesIT {

    private static Set<String> onLoopback(String prefix) throws SocketException {
        return NetworkInterface.getByName("lo")
                .inetAddresses()
                .map(address -> address.getHostAddress())
                .filter(address -> address.startsWith(prefix))
                .collect(Collectors.toSet());
    }

    @Test
    void aServiceIsServedOnARealAddressWhichIsGoneAfterwards() throws Exception {
        HostRoutes routes = HostRoutes.ofThisMachine();
        try (ClusterAddresses ranges = ClusterAddresses.routable(routes, new Random(), "");
                SystemEnvironment system = new SystemEnvironment("addresses-test");
                EchoServer server = EchoServer.start("a", "127.0.0.1")) {
            String prefix = ranges.claimedRange().replace("0.0/16", "");
            HostAddresses held = InterfaceAddresses.of(ranges::isServiceAddress).orElseThrow();
            try (ServiceProxy proxy = new AddressHoldingProxy(
                    new UserSpaceProxy(system.environment(), Settings.defaults()), held, java.util.Set.of())) {
                List<String> addresses = List.of(prefix + "0.10", prefix + "0.11");
                ServicePort web = new ServicePort(
                        "default", "web", "", addresses, 80, 0, "TCP", null, List.of(server.endpoint()), List.of());
                assertThat(proxy.apply(new ServiceTable(List.of(web))).problems())
                        .isEmpty();
                assertThat(onLoopback(prefix)).containsExactlyInAnyOrderElementsOf(addresses);
                for (String address : addresses) {
                    assertThat(ServiceClient.whoAnswers(address, 80)).isEqualTo("a");
                }
                proxy.apply(ServiceTable.empty());
                assertThat(onLoopback(prefix)).isEmpty();
                proxy.apply(new ServiceTable(List.of(web)));
            }
            assertThat(onLoopback(prefix)).isEmpty();
        }
    }
}
