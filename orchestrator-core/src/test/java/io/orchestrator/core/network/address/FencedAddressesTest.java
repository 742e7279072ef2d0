package io.orchestrator.core.network.address;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.core.network.address.Command.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FencedAddressesTest {
    private static final String HEADING = "Iface Destination Gateway Flags RefCnt Use Metric Mask MTU Window IRTT";

    private final List<String> batches = new ArrayList<>();
    private final ClusterAddresses claimed =
            ClusterAddresses.routable(HostRoutes.parse(List.of(HEADING)), new Random(), "");
    private int status;

    @AfterEach
    void close() {
        claimed.close();
    }

    private HostAddresses open(String... routes) {
        List<String> lines = new ArrayList<>(List.of(HEADING));
        lines.addAll(List.of(routes));
        return FencedAddresses.around(
                claimed, new LoopbackIsEnough(), HostRoutes.parse(lines), (command, input, deadline) -> {
                    batches.add(input);
                    return new Result(status, "RTNETLINK answers: Operation not permitted");
                });
    }

    @Test
    void theRangeIsFencedUntilTheCloseBehindEveryRouteOfOthers() {
        HostAddresses subject = open();
        String fence = " unreachable " + claimed.claimedRange() + " metric 4294967295\n";
        assertThat(batches).containsExactly("route replace" + fence);
        subject.close();
        subject.close();
        assertThat(batches).containsExactly("route replace" + fence, "route del" + fence);
    }

    @Test
    void whereARouteOfThisMachineLeadsThereNothingIsFenced() {
        HostAddresses subject = open("eth0 0000000A 00000000 0001 0 0 0 000000FF 0 0 0");
        subject.close();
        assertThat(batches).isEmpty();
    }

    @Test
    void withoutAFenceAddressesAreHeldAllTheSame() {
        status = 2;
        assertThat(open().hold(Set.of("10.96.0.1"))).isEmpty();
    }
}
