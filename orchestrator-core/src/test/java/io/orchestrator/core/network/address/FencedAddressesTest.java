package io.orchestrator.core.network.address;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.core.network.address.Command.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FencedAddressesTest {
    private final List<String> batches = new ArrayList<>();
    private int status;

    private FencedAddresses open() {
        return new FencedAddresses(
                new LoopbackIsEnough(), List.of("10.96.0.0/16", "10.128.1.0/24"), (command, input, deadline) -> {
                    batches.add(input);
                    return new Result(status, "RTNETLINK answers: Operation not permitted");
                });
    }

    @Test
    void theRangesAreFencedUntilTheClose() {
        FencedAddresses subject = open();
        assertThat(batches)
                .containsExactly("route replace unreachable 10.96.0.0/16\nroute replace unreachable 10.128.1.0/24\n");
        subject.close();
        subject.close();
        assertThat(batches).hasSize(2);
        assertThat(batches.get(1))
                .isEqualTo("route del unreachable 10.96.0.0/16\nroute del unreachable 10.128.1.0/24\n");
    }

    @Test
    void withoutAFenceAddressesAreHeldAllTheSame() {
        status = 2;
        assertThat(open().hold(Set.of("10.96.0.1"))).isEmpty();
    }
}
