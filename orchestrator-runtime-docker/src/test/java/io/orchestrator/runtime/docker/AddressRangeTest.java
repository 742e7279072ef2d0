package io.orchestrator.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {
    @ParameterizedTest
    @CsvSource({
        "172.18.0.0/16, 172.18.128.0, 172.18.255.254",
        "10.244.3.0/24, 10.244.3.128, 10.244.3.254",
        "192.168.240.0/20, 192.168.248.0, 192.168.255.254",
        "10.0.0.64/26, 10.0.0.96, 10.0.0.126",
        "10.0.0.0/8, 10.128.0.0, 10.255.255.254"
    })
    void theUpperHalfOfASubnetIsOursButForItsBroadcast(String subnet, String first, String last) {
        AddressRange range = AddressRange.of(subnet).orElseThrow();
        assertThat(range.at(0)).isEqualTo(first);
        assertThat(range.at(range.size() - 1)).isEqualTo(last);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "fd00::/64", "10.0.0.0/27", "10.0.0.0/30", "0.0.0.0/0", "10.0.0.0", "10.0.0/24", "a/24"})
    void whatIsTooSmallOrNoSubnetIsLeftToTheEngine(String subnet) {
        assertThat(AddressRange.of(subnet)).isEmpty();
    }

    @Test
    void aSubnetThatIsNamedByOneOfItsAddressesIsTheSame() {
        assertThat(AddressRange.of("172.18.3.4/16")).isEqualTo(AddressRange.of("172.18.0.0/16"));
    }

    @Test
    void theEngineIsHeldToTheOtherHalf() {
        AddressRange range = AddressRange.of("10.0.0.64/26").orElseThrow();
        assertThat(range.engines()).isEqualTo("10.0.0.64/27");
        assertThat(range.gateway()).isEqualTo("10.0.0.65");
        assertThat(range.has("10.0.0.95")).isFalse();
        assertThat(range.has("10.0.0.96")).isTrue();
        assertThat(range.has("10.0.0.126")).isTrue();
        assertThat(range.has("10.0.0.127")).isFalse();
        assertThat(AddressRange.of("192.168.240.0/20").orElseThrow().engines()).isEqualTo("192.168.240.0/21");
    }
}
