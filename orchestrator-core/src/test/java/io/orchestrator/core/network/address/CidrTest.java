package io.orchestrator.core.network.address;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "10.0.0.0",
                "10.0.0.0/",
                "10.0.0.0/x",
                "10.0.0.0/33",
                "10.0.0.0/40",
                "10.0.0.0/-1",
                "10.0.0.0/99999999999",
                "10.0.0/8",
                "10.0.0.256/8",
                "10.0.0.x/8",
                "10.0.0.0/8/8",
                "010.0.0.0/8",
                " 10.0.0.0/8",
                "fd00::/8",
                "::ffff:10.0.0.0/104"
            })
    void whatIsNoRangeOfIpv4IsNone(String text) {
        assertThat(Cidr.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10.0.0.x", "10.0.0", "10.0.0.99999999999", "::1", "::ffff:10.0.0.1", "fe80::1%eth0"})
    void whatIsNoAddressOfIpv4LiesInNoRange(String text) {
        assertThat(Cidr.parse("0.0.0.0/0").orElseThrow().contains(text)).isFalse();
    }

    @Test
    void theBitsOfTheHostDoNotMatter() {
        Cidr range = Cidr.parse("192.168.7.9/20").orElseThrow();
        assertThat(range).hasToString("192.168.0.0/20");
        assertThat(range.contains("192.168.15.255")).isTrue();
        assertThat(range.contains("192.168.16.0")).isFalse();
        assertThat(Cidr.parse("0.0.0.0/0").orElseThrow().contains("203.0.113.1"))
                .isTrue();
        assertThat(Cidr.parse("10.1.2.3/32").orElseThrow().contains("10.1.2.4")).isFalse();
    }
}
