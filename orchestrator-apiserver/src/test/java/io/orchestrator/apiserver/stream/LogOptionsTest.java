package io.orchestrator.apiserver.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import io.orchestrator.apiserver.route.Query;
import io.orchestrator.spi.runtime.LogQuery;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What part of a log a request gets. */
class LogOptionsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:01:00Z");

    private static LogQuery asked(String query) {
        return LogOptions.of(Query.parse(query), "web", NOW);
    }

    @Test
    void whoAsksForNoPartGetsAll() {
        assertThat(asked("container=main")).isEqualTo(LogQuery.all());
    }

    @Test
    void partsAreByLinesBytesAndTime() {
        assertThat(asked("tailLines=0&limitBytes=1&sinceSeconds=60"))
                .isEqualTo(new LogQuery(false, false, 0, Instant.parse("2026-01-01T00:00:00Z"), 1));
        assertThat(asked("sinceTime=2025-12-31T23:59:59%2B00:00&follow=true&timestamps=true"))
                .isEqualTo(new LogQuery(true, true, null, Instant.parse("2025-12-31T23:59:59Z"), 0));
    }

    @Test
    void moreThanThereIsIsAll() {
        LogQuery query = asked("tailLines=9223372036854775807&sinceSeconds=9223372036854775807");

        assertThat(query.tail()).isEqualTo(Integer.MAX_VALUE);
        assertThat(query.since()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void allThatMakesNoSenseIsSaidAtOnce() {
        assertThatThrownBy(() -> asked("tailLines=-1&limitBytes=-2&sinceSeconds=0"))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.INVALID))
                .hasMessage("PodLogOptions \"web\" is invalid: [tailLines: Invalid value: -1: must be greater than or"
                        + " equal to 0, limitBytes: Invalid value: -2: must be greater than 0, sinceSeconds: Invalid"
                        + " value: 0: must be greater than 0]");
    }
}
