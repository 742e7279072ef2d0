package io.orchestrator.core.cel;

import static dev.cel.runtime.standard.StringFunction.StringOverload.DOUBLE_TO_STRING;
import static dev.cel.runtime.standard.StringFunction.StringOverload.DURATION_TO_STRING;
import static dev.cel.runtime.standard.StringFunction.StringOverload.TIMESTAMP_TO_STRING;

import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelStandardFunctions;
import dev.cel.runtime.standard.CelStandardOverload;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;

/** {@code string} of numbers with a fraction, of durations and of points in time, as Kubernetes writes them. Stateless. */
final class TextConversions {
    private static final Set<CelStandardOverload> OWN =
            Set.of(DOUBLE_TO_STRING, DURATION_TO_STRING, TIMESTAMP_TO_STRING);

    private TextConversions() {}

    /** The functions of CEL itself, without those that {@link #bindings} replaces. */
    static CelStandardFunctions others() {
        return CelStandardFunctions.newBuilder()
                .filterFunctions((function, overload) -> !OWN.contains(overload))
                .build();
    }

    static List<CelFunctionBinding> bindings() {
        return List.of(
                CelFunctionBinding.from("double_to_string", Double.class, FormattedNumber::shortest),
                CelFunctionBinding.from("duration_to_string", Duration.class, FormattedNumber::seconds),
                CelFunctionBinding.from("timestamp_to_string", Instant.class, TextConversions::moment));
    }

    /** With as many digits of a second as there are. */
    static String moment(Instant moment) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(moment.atOffset(ZoneOffset.UTC));
    }
}
