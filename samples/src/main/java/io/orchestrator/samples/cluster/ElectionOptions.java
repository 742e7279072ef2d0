package io.orchestrator.samples.cluster;

import io.orchestrator.core.embed.ClusterBuilder;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which of several control planes works; named, and with the values, as those of kube-controller-manager. */
final class ElectionOptions {
    @Option(
            names = "--leader-elect",
            arity = "0..1",
            defaultValue = "true",
            fallbackValue = "true",
            description = "Whether controllers and scheduler work only while this control plane holds their leases "
                    + "(${DEFAULT-VALUE}). Only one that is alone on its store may do without.")
    private boolean elect;

    @Option(
            names = "--leader-elect-lease-duration",
            defaultValue = "15s",
            converter = Spans.class,
            description = "How long others wait for a leader that does not renew its lease (${DEFAULT-VALUE}).")
    private Duration validity = Duration.ZERO;

    @Option(
            names = "--leader-elect-renew-deadline",
            defaultValue = "10s",
            converter = Spans.class,
            description = "A leader that could not renew for so long stops; less than the lease's duration "
                    + "(${DEFAULT-VALUE}).")
    private Duration renewWithin = Duration.ZERO;

    @Option(
            names = "--leader-elect-retry-period",
            defaultValue = "2s",
            converter = Spans.class,
            description = "Between two tries to get or renew a lease; less than the deadline (${DEFAULT-VALUE}).")
    private Duration period = Duration.ZERO;

    ClusterBuilder apply(ClusterBuilder builder) {
        return elect ? builder.leaderElection(settings -> settings.times(validity, renewWithin, period)) : builder;
    }

    /** Spans of time as users of Kubernetes write them, such as {@code 1m30s} or {@code 500ms}. */
    static final class Spans implements ITypeConverter<Duration> {
        private static final Pattern PART = Pattern.compile("([0-9]+)(ms|h|m|s)");

        @Override
        public Duration convert(String text) {
            Duration sum = Duration.ZERO;
            Matcher part = PART.matcher(text);
            int end = 0;
            while (part.find() && part.start() == end) {
                long amount = Long.parseLong(part.group(1));
                sum = sum.plus(
                        switch (part.group(2)) {
                            case "h" -> Duration.ofHours(amount);
                            case "m" -> Duration.ofMinutes(amount);
                            case "s" -> Duration.ofSeconds(amount);
                            default -> Duration.ofMillis(amount);
                        });
                end = part.end();
            }
            if (end == 0 || end != text.length()) {
                throw new TypeConversionException("'" + text + "' is no span of time such as 15s or 1m30s");
            }
            return sum;
        }
    }
}
