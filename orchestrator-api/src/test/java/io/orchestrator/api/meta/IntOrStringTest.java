package io.orchestrator.api.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntOrStringTest {
    @ParameterizedTest
    @CsvSource({
        "25%, 10, true, 3", "25%, 10, false, 2", "25%, 4, true, 1", "25%, 4, false, 1", "0%, 7, true, 0",
                "100%, 7, false, 7",
        "1%, 1, true, 1", "1%, 1, false, 0", "150%, 3, true, 5", "150%, 3, false, 4", "33%, 0, true, 0",
                "3, 10, true, 3"
    })
    void aPercentageIsOfTheTotalAndANumberIsItself(String text, int total, boolean roundUp, int expected) {
        assertThat(IntOrString.parse(text).scaled(total, roundUp)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "25", "%", "a%", "2.5%", ""})
    void aTextThatIsNoPercentageHasNoShare(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IntOrString.of(text).scaled(10, true));
    }

    @Test
    void digitsAreANumberOnlyWhenParsed() {
        assertThat(IntOrString.parse("80")).isEqualTo(IntOrString.of(80)).hasToString("80");
        assertThat(IntOrString.of("80")).isNotEqualTo(IntOrString.of(80)).hasToString("80");
        assertThat(IntOrString.of("80").intValue()).isEqualTo(80);
        assertThat(IntOrString.parse("http").intValue()).isZero();
        assertThat(IntOrString.ZERO.isZero()).isTrue();
        assertThat(IntOrString.of("0").isZero()).isFalse();
    }

    @Test
    void theUnusedPartIsDropped() {
        assertThat(new IntOrString(true, 5, "x")).isEqualTo(IntOrString.of("x"));
        assertThat(new IntOrString(false, 5, "x")).isEqualTo(IntOrString.of(5));
    }
}
