package io.orchestrator.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private static final String OPEN = "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5";

    private final Metrics metrics = new Metrics();

    private String text(String accept) {
        return new String(metrics.exposition(accept).body(), StandardCharsets.UTF_8);
    }

    @Test
    void figuresOfOneNameFromSeveralSourcesStandTogether() {
        metrics.add(gathering -> gathering.gauge("workqueue_depth", "Waiting keys.", 2, "name", "job"));
        metrics.add(gathering -> gathering.gauge("workqueue_depth", "Waiting keys.", 0, "name", "deployment"));
        assertThat(text("")).isEqualTo("""
                # HELP workqueue_depth Waiting keys.
                # TYPE workqueue_depth gauge
                workqueue_depth{name="deployment"} 0.0
                workqueue_depth{name="job"} 2.0
                """);
    }

    @Test
    void aCounterCountsForEachCombinationOfLabels() {
        Labelled<LongAdder> requests = new Labelled<>(LongAdder::new, "verb", "code");
        requests.with("GET", "200").increment();
        requests.with("GET", "200").increment();
        requests.with("GET", "404").increment();
        metrics.add(gathering -> requests.forEach(
                (labels, count) -> gathering.counter("requests_total", "Requests.", count.sum(), labels)));
        assertThat(text(""))
                .contains("requests_total{code=\"200\",verb=\"GET\"} 2.0\n")
                .contains("requests_total{code=\"404\",verb=\"GET\"} 1.0\n");
        assertThatThrownBy(() -> requests.with("GET")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aDistributionCountsUpToEachBound() {
        Distribution spans = new Distribution(Distribution.doubling(0.5, 2));
        spans.observe(0.5);
        spans.observeNanos(700_000_000L);
        spans.observe(9);
        metrics.add(gathering -> gathering.distribution("span_seconds", "Spans.", spans.reading()));
        assertThat(text("")).contains("""
                span_seconds_bucket{le="0.5"} 1
                span_seconds_bucket{le="1.0"} 2
                span_seconds_bucket{le="+Inf"} 3
                span_seconds_count 3
                span_seconds_sum 10.2
                """);
    }

    @Test
    void aFigureCarriesTheTimeOfItsMeasurementWhereThatIsKnown() {
        metrics.add(gathering -> gathering.gauge(
                "node_memory_working_set_bytes", "Memory.", 7, Instant.ofEpochMilli(1_700_000_000_123L)));
        assertThat(text("")).contains("node_memory_working_set_bytes 7.0 1700000000123\n");
    }

    @Test
    void openMetricsIsWrittenForThoseWhoAskForIt() {
        metrics.add(gathering -> gathering.counter("a_total", "A.", 1));
        assertThat(metrics.exposition(OPEN).contentType()).startsWith("application/openmetrics-text");
        assertThat(text(OPEN)).isEqualTo("# TYPE a counter\n# HELP a A.\na_total 1.0\n# EOF\n");
        assertThat(metrics.exposition("").contentType()).startsWith("text/plain; version=0.0.4");
    }

    @Test
    void whoIsTakenAwayIsNotAskedAgain() {
        Runnable end = metrics.add(gathering -> gathering.gauge("a", "A.", 1));
        end.run();
        assertThat(text("")).isEmpty();
    }
}
