package io.orchestrator.core.registry.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AddressRangeTest {

    /** Java refuses to listen there: such a service would be served by nobody. */
    @Test
    void noServiceIsGivenALoopbackAddressThatEndsIn255ThoughItMayAskForOne() {
        Ipv4Block block = Ipv4Block.parse("127.150.0.0/22");
        AddressRange range = new AddressRange(block.size(), 1, block::isOpenable);
        List<String> given = new ArrayList<>();
        Random random = new Random(3);
        for (OptionalInt next = range.takeAny(random); next.isPresent(); next = range.takeAny(random)) {
            given.add(block.address(next.getAsInt()));
        }
        assertThat(given)
                .hasSize(1022 - 1 - 3)
                .contains("127.150.1.0", "127.150.3.254")
                .noneMatch(address -> address.endsWith(".255"));
        assertThat(range.take(block.index("127.150.1.255"))).isTrue();
    }

    @Test
    void otherBlocksAreGivenOutWhole() {
        Ipv4Block block = Ipv4Block.parse("10.96.0.0/22");
        assertThat(block.isOpenable(block.index("10.96.1.255"))).isTrue();
    }
}
