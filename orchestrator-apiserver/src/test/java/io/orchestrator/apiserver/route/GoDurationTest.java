package io.orchestrator.apiserver.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchestrator.api.client.ApiException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoDurationTest {
    @ParameterizedTest
    @CsvSource({"32s,PT32S", "1m30s,PT1M30S", "1.5h,PT1H30M", "250ms,PT0.25S", "10us,PT0.00001S", "0,PT0S"})
    void isReadAsGoWritesIt(String text, Duration duration) {
        assertThat(GoDuration.of("timeout", text)).isEqualTo(duration);
    }

    @Test
    void isNoTimeAtAllWhereThereIsNone() {
        assertThat(GoDuration.of("timeout", "")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "5", "-1s", "s", "1s 2s", "99999999999999999999h"})
    void nothingElseIsOne(String text) {
        assertThatThrownBy(() -> GoDuration.of("timeout", text)).isInstanceOf(ApiException.class);
    }
}
