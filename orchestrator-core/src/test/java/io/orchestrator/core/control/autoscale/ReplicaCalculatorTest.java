package io.orchestrator.core.control.autoscale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchestrator.spi.metrics.MetricsUnavailableException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many replicas a metric asks for; each line follows from the algorithm that Kubernetes documents. */
class ReplicaCalculatorTest {
    private static final long REQUEST = 1000;
    private final ReplicaCalculator calculator = new ReplicaCalculator(0.1);

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "scales up,                                  3, 30, 300;500;700, 0, 0, 5",
        "scales down,                                5, 50, 100;300;500;250;250, 0, 0, 3",
        "is within the tolerance above,              3, 50, 545;540;550, 0, 0, 3",
        "is within the tolerance below,              3, 50, 455;460;450, 0, 0, 3",
        "grows less beside pods that start,          2, 15, 300, 1, 0, 2",
        "shrinks whether pods start or not,          3, 50, 100, 2, 0, 1",
        "does not turn into growth by missing ones,  4, 100, 400;950, 0, 2, 4",
        "does not turn into shrinking either,        4, 50, 600, 0, 3, 4",
        "takes missing ones as full when it shrinks, 3, 100, 100;100, 0, 1, 2",
        "takes missing ones as idle when it grows,   2, 20, 1000, 0, 1, 5",
        "leaves alone what is exactly right,         2, 50, 500, 0, 1, 2",
    })
    void byUtilization(String what, int current, int percent, String used, int unready, int missing, int wanted) {
        PodGroups pods = pods(used, unready, missing);
        Map<String, Long> requests = new TreeMap<>();
        pods.ready().keySet().forEach(pod -> requests.put(pod, REQUEST));
        pods.unready().forEach(pod -> requests.put(pod, REQUEST));
        pods.missing().forEach(pod -> requests.put(pod, REQUEST));
        assertThat(calculator.byUtilization(current, percent, pods, requests).replicas())
                .as(what)
                .isEqualTo(wanted);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "scales up,                               3, 15000, 20000;10000;30000, 0, 0, 4",
        "scales down,                             5, 20000, 10000;10000;10000;10000;10000, 0, 0, 3",
        "takes missing ones at the target,        3, 20000, 10000;10000, 0, 1, 2",
        "beside pods that start grows less,       3, 15000, 50000;10000, 1, 0, 4",
    })
    void byAverage(String what, int current, long target, String used, int unready, int missing, int wanted) {
        assertThat(calculator
                        .byAverage(current, target, pods(used, unready, missing))
                        .replicas())
                .as(what)
                .isEqualTo(wanted);
    }

    @Test
    void byOneValueForAll() {
        assertThat(calculator.byValue(3, 15_000, 20_000, 3).replicas()).isEqualTo(4);
        assertThat(calculator.byValue(3, 15_000, 16_000, 3).replicas()).isEqualTo(3);
        assertThat(calculator.byValue(4, 20_000, 10_000, 3).replicas())
                .as("of those that serve")
                .isEqualTo(2);
    }

    @Test
    void byOneValueThatIsShared() {
        assertThat(calculator.byShare(3, 5_000, 20_000).replicas()).isEqualTo(4);
        assertThat(calculator.byShare(4, 5_000, 20_500).replicas()).isEqualTo(4);
        assertThat(calculator.byShare(4, 5_000, 20_500).usage()).isEqualTo(5_125);
        assertThat(calculator.byShare(0, 5_000, 20_000).replicas()).isEqualTo(4);
    }

    @Test
    void withoutAnyPodThatCountsNothingCanBeSaid() {
        assertThatThrownBy(() -> calculator.byAverage(1, 1, pods("", 1, 1)))
                .isInstanceOf(MetricsUnavailableException.class)
                .hasMessage("did not receive metrics for targeted pods (pods might be unready)");
    }

    private static PodGroups pods(String used, int unready, int missing) {
        Map<String, Long> ready = new TreeMap<>();
        if (used != null && !used.isEmpty()) {
            for (String each : used.split(";", -1)) {
                ready.put("ready-" + ready.size(), Long.parseLong(each));
            }
        }
        Set<String> starting = new TreeSet<>();
        for (int i = 0; i < unready; i++) {
            starting.add("unready-" + i);
        }
        Set<String> unknown = new TreeSet<>();
        for (int i = 0; i < missing; i++) {
            unknown.add("missing-" + i);
        }
        return new PodGroups(ready, starting, unknown);
    }
}
