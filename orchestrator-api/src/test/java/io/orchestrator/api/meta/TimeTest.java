package io.orchestrator.api.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeTest {
    @ParameterizedTest
    @CsvSource({
        "2026-11-23T10:20:30Z, 2026-11-23T10:20:30Z", "2026-11-23T10:20:30.999999999Z, 2026-11-23T10:20:30Z",
        "2026-11-23T10:20:30+01:00, 2026-11-23T09:20:30Z", "2026-11-23T00:20:30.5-05:30, 2026-11-23T05:50:30Z",
        "0001-01-01T00:00:00Z, 0001-01-01T00:00:00Z", "2024-02-29T23:59:59Z, 2024-02-29T23:59:59Z"
    })
    void timesAreWrittenInUtcToTheSecond(String text, String written) {
        assertThat(Time.parse(text)).hasToString(written);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-11-23",
                "2026-11-23T10:20:30",
                "2026-11-23 10:20:30Z",
                "2026-13-01T00:00:00Z",
                "2026-02-30T00:00:00Z",
                "2026-11-23T24:00:00Z",
                "2026-11-23T10:20:60Z",
                "2026-11-23t10:20:30z",
                "2026-11-23T10:20:30+0100",
                "now",
                "2026-11-23T10:20:30.Z",
                "2026-11-23T10:20:30+25:00"
            })
    void whatIsNoTimeIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Time.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T10:20:30.123456Z, 2026-11-23T10:20:30.123456Z",
        "2026-11-23T10:20:30.000000Z, 2026-11-23T10:20:30.000000Z",
        "2026-11-23T10:20:30.120000+01:00, 2026-11-23T09:20:30.120000Z"
    })
    void microTimesAlwaysHaveSixDigits(String text, String written) {
        assertThat(MicroTime.parse(text)).hasToString(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-23T10:20:30Z", "2026-11-23T10:20:30.123Z", "2026-11-23T10:20:30.1234567Z"})
    void microTimesWithAnotherNumberOfDigitsAreRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> MicroTime.parse(text));
    }

    @Test
    void whatIsFinerIsCutOffSoThatWritingAndReadingGivesAnEqualTime() {
        Instant instant = Instant.parse("2026-11-23T10:20:30.123456789Z");
        assertThat(Time.parse(Time.of(instant).toString())).isEqualTo(Time.of(instant));
        assertThat(MicroTime.parse(MicroTime.of(instant).toString())).isEqualTo(MicroTime.of(instant));
        assertThat(Time.of(instant).isBefore(Time.of(instant.plusSeconds(1)))).isTrue();
        assertThat(Time.of(instant)).isLessThan(Time.of(instant.plusSeconds(1)));
    }
}
