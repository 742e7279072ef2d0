package io.orchestrator.core.metrics;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Figures as text, in the format of OpenMetrics for those who ask for it and in that of Prometheus for all others. */
@SuppressWarnings("ArrayRecordComponent") // handed on to be written, never compared
public record Exposition(String contentType, byte[] body) {

    /** @param accept the header in which a client says which format it takes; may be empty */
    public static Exposition of(Gathering gathering, String accept) {
        OpenMetricsTextFormatWriter open = OpenMetricsTextFormatWriter.builder()
                .setCreatedTimestampsEnabled(false)
                .build();
        ExpositionFormatWriter writer = open.accepts(accept)
                ? open
                : PrometheusTextFormatWriter.builder()
                        .setIncludeCreatedTimestamps(false)
                        .setTimestampsInMs(true)
                        .build();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            writer.write(out, gathering.snapshots(), EscapingScheme.UNDERSCORE_ESCAPING);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        }
        return new Exposition(writer.getContentType(), out.toByteArray());
    }
}
