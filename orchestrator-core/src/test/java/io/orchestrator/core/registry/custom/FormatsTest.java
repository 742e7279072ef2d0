package io.orchestrator.core.registry.custom;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The formats of a schema mean what they mean in Kubernetes. */
class FormatsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "date-time | 2021-01-01T00:00:00Z",
                "date-time | 2021-01-01t00:00:00.5+01:00",
                "date      | 2021-01-31",
                "uri       | https://example.com/a b",
                "uri       | /absolute",
                "byte      | aGVsbG8=",
                "uuid      | 123e4567-e89b-12d3-a456-426614174000",
                "unknown   | anything",
            })
    void whatHasAFormatIsTaken(String format, String text) {
        assertThat(Formats.holds(format, text)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "date-time | 2021-01-01T00:00Z",
                "date-time | 2021-01-01T00:00:00",
                "date-time | 2021-13-01T00:00:00Z",
                "date      | +12021-01-31",
                "date      | 2021-02-30",
                "uri       | ../relative",
                "uri       | https://example.com/%zz",
                "byte      | aGVsbG8",
                "byte      | ``",
                "uuid      | 1",
            })
    void whatHasItNotIsNot(String format, String text) {
        assertThat(Formats.holds(format, text)).isFalse();
    }
}
