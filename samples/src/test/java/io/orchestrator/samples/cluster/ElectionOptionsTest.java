package io.orchestrator.samples.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class ElectionOptionsTest {
    private final ElectionOptions.Spans spans = new ElectionOptions.Spans();

    @Test
    void spansOfTimeAreReadAsKubernetesWritesThem() {
        assertThat(spans.convert("15s")).isEqualTo(Duration.ofSeconds(15));
        assertThat(spans.convert("1m30s")).isEqualTo(Duration.ofSeconds(90));
        assertThat(spans.convert("2h1m500ms"))
                .isEqualTo(Duration.ofHours(2).plusSeconds(60).plusMillis(500));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "15", "s", "15 s", "-1s", "1d", "15s!", "x15s"})
    void whatIsNoSpanIsRefused(String text) {
        assertThatThrownBy(() -> spans.convert(text)).isInstanceOf(TypeConversionException.class);
    }
}
