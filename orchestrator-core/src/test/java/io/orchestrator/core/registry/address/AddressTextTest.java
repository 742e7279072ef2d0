package io.orchestrator.core.registry.address;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTextTest {
    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "10.1.2.3", "127.0.0.1", "192.168.100.99", "255.255.255.255"})
    void fourNumbersUpTo255AreAnAddress(String text) {
        assertThat(AddressText.isIpv4(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "1",
                "1.2.3",
                "1.2.3.",
                ".1.2.3",
                "1..2.3",
                "1.2.3.4.",
                "1.2.3.4.5",
                "1.2.3.256",
                "1.2.3.1000",
                "01.2.3.4",
                "1.2.3.00",
                "1.2.3.4 ",
                " 1.2.3.4",
                "1.2.3.a",
                "-1.2.3.4",
                "+1.2.3.4",
                "1.2.3.\u0664",
                "99999999999.1.1.1",
                "::1"
            })
    void anythingElseIsNot(String text) {
        assertThat(AddressText.isIpv4(text)).isFalse();
    }
}
