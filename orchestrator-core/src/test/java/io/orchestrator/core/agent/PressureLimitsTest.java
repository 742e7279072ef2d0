package io.orchestrator.core.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits as people know them from a kubelet's flags. */
class PressureLimitsTest {

    @Test
    void thresholdsAreReadAsAKubeletHasThem() {
        assertThat(PressureLimits.parse("memory.available<200Mi,nodefs.available<10%,pid.available<100"))
                .isEqualTo(new PressureLimits(200L << 20, 0.1, 100, Duration.ofMinutes(5)));
        assertThat(PressureLimits.parse("memory.available<1Gi").diskFraction()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "memory.available", "nodefs.available<1Gi", "imagefs.available<10%", "pid.available<x"})
    void whatIsNotUnderstoodIsRefused(String text) {
        assertThatThrownBy(() -> PressureLimits.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
