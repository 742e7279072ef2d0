package io.orchestrator.core.cel;

import com.google.protobuf.NullValue;
import dev.cel.common.values.CelByteString;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Plain JSON as expressions take it: what is null has a value of its own there. Pure functions. */
public final class ExpressionValues {
    private static final Pattern SPAN = Pattern.compile("(\\d{1,18}(?:\\.\\d{1,18})?)(ns|us|µs|ms|s|m|h)");
    private static final Map<String, Long> NANOS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "µs", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L);

    private ExpressionValues() {}

    public static Object of(@Nullable Object value) {
        if (value == null) {
            return NullValue.NULL_VALUE;
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> values = new LinkedHashMap<>();
            map.forEach((key, each) -> values.put(key, of(each)));
            return values;
        }
        if (value instanceof List<?> list) {
            List<Object> values = new ArrayList<>(list.size());
            list.forEach(each -> values.add(of(each)));
            return values;
        }
        return value;
    }

    /** Of base64, or else the text's own bytes. */
    public static Object bytes(String base64) {
        try {
            return CelByteString.of(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            // Validation tells of it; the rule need not fail on top.
            return CelByteString.copyFromUtf8(base64);
        }
    }

    /** As Go writes it, such as {@code 1h30m}; null where the text is no duration. */
    public static @Nullable Duration duration(String text) {
        boolean negative = text.startsWith("-");
        String rest = negative ? text.substring(1) : text;
        Matcher matcher = SPAN.matcher(rest);
        BigDecimal nanos = BigDecimal.ZERO;
        int at = 0;
        while (matcher.find() && matcher.start() == at) {
            long unit = NANOS.getOrDefault(matcher.group(2), 0L);
            nanos = nanos.add(new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit)));
            at = matcher.end();
        }
        if (at != rest.length() || rest.isEmpty()) {
            return rest.equals("0") ? Duration.ZERO : null;
        }
        Duration span = Duration.ofNanos(nanos.longValue());
        return negative ? span.negated() : span;
    }
}
