package io.orchestrator.core.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The figures of one moment, family by family. Labels are given as names and values in turn. The same name and labels
 * twice is an error of whoever reports; the first counts. Not thread-safe.
 */
public final class Gathering {
    private static final String TOTAL = "_total";

    /** What all figures of one name share. */
    private record Family(String help, Map<Labels, DataPointSnapshot> points) {}

    private final Map<String, Family> counters = new TreeMap<>();
    private final Map<String, Family> gauges = new TreeMap<>();
    private final Map<String, Family> histograms = new TreeMap<>();

    /** What only grows. @param name ends in {@code _total} */
    public void counter(String name, String help, double value, String... labels) {
        counter(name, help, value, null, labels);
    }

    /** The same, measured at another time than now. */
    public void counter(String name, String help, double value, @Nullable Instant measured, String... labels) {
        if (!name.endsWith(TOTAL)) {
            throw new IllegalArgumentException("a counter's name ends in " + TOTAL + ": " + name);
        }
        var point = CounterDataPointSnapshot.builder().value(value).labels(Labels.of(labels));
        if (measured != null) {
            point.scrapeTimestampMillis(measured.toEpochMilli());
        }
        add(counters, name.substring(0, name.length() - TOTAL.length()), help, point.build());
    }

    /** What goes up and down. */
    public void gauge(String name, String help, double value, String... labels) {
        gauge(name, help, value, null, labels);
    }

    /** The same, measured at another time than now. */
    public void gauge(String name, String help, double value, @Nullable Instant measured, String... labels) {
        var point = GaugeDataPointSnapshot.builder().value(value).labels(Labels.of(labels));
        if (measured != null) {
            point.scrapeTimestampMillis(measured.toEpochMilli());
        }
        add(gauges, name, help, point.build());
    }

    /** How often something took how long, or was how large. */
    public void distribution(String name, String help, Distribution.Reading reading, String... labels) {
        HistogramDataPointSnapshot point = HistogramDataPointSnapshot.builder()
                .classicHistogramBuckets(ClassicHistogramBuckets.of(reading.bounds(), reading.counts()))
                .sum(reading.sum())
                .labels(Labels.of(labels))
                .build();
        add(histograms, name, help, point);
    }

    private static void add(Map<String, Family> families, String name, String help, DataPointSnapshot point) {
        families.computeIfAbsent(name, key -> new Family(help, new TreeMap<>()))
                .points()
                .putIfAbsent(point.getLabels(), point);
    }

    /** All of it, in the order of names. */
    MetricSnapshots snapshots() {
        List<MetricSnapshot> all = new ArrayList<>();
        counters.forEach((name, family) ->
                all.add(new CounterSnapshot(metadata(name, family), points(family, CounterDataPointSnapshot.class))));
        gauges.forEach((name, family) ->
                all.add(new GaugeSnapshot(metadata(name, family), points(family, GaugeDataPointSnapshot.class))));
        histograms.forEach((name, family) -> all.add(
                new HistogramSnapshot(metadata(name, family), points(family, HistogramDataPointSnapshot.class))));
        return new MetricSnapshots(all);
    }

    private static MetricMetadata metadata(String name, Family family) {
        return new MetricMetadata(name, family.help());
    }

    private static <P extends DataPointSnapshot> List<P> points(Family family, Class<P> kind) {
        return family.points().values().stream().map(kind::cast).toList();
    }
}
