package io.orchestrator.core.cel;

import com.google.common.primitives.UnsignedLong;
import com.google.protobuf.NullValue;
import dev.cel.common.types.CelType;
import dev.cel.common.types.TypeType;
import dev.cel.common.values.CelByteString;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values as the clauses of {@code format} write them. Pure functions. */
final class FormattedValue {
    private FormattedValue() {}

    private record Pair(String key, String value) {}

    /** @throws IllegalArgumentException when the clause is not for such values */
    static String of(Object value, char clause, @Nullable Integer precision) {
        String found = type(value);
        return switch (clause) {
            case 's' -> text(value);
            case 'd' -> whole(value, 10).orElseThrow(() -> FormatClauses.unfit(clause, found));
            case 'o' -> whole(value, 8).orElseThrow(() -> FormatClauses.unfit(clause, found));
            case 'b' ->
                value instanceof Boolean truth
                        ? truth ? "1" : "0"
                        : whole(value, 2).orElseThrow(() -> FormatClauses.unfit(clause, found));
            case 'x' -> hex(value).orElseThrow(() -> FormatClauses.unfit(clause, found));
            case 'X' ->
                hex(value).orElseThrow(() -> FormatClauses.unfit(clause, found)).toUpperCase(Locale.ROOT);
            case 'f' -> FormattedNumber.fixed(number(value, clause), precision);
            default -> FormattedNumber.scientific(number(value, clause), precision);
        };
    }

    private static double number(Object value, char clause) {
        if (value instanceof Double number) {
            return number;
        }
        if (value instanceof String text
                && List.of("NaN", "Infinity", "-Infinity").contains(text)) {
            return Double.parseDouble(text);
        }
        throw FormatClauses.unfit(clause, type(value));
    }

    private static Optional<String> whole(Object value, int radix) {
        if (value instanceof UnsignedLong number) {
            return Optional.of(number.toString(radix));
        }
        return value instanceof Long number ? Optional.of(Long.toString(number, radix)) : Optional.empty();
    }

    private static Optional<String> hex(Object value) {
        if (value instanceof String text) {
            return Optional.of(HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8)));
        }
        if (value instanceof CelByteString bytes) {
            return Optional.of(HexFormat.of().formatHex(bytes.toByteArray()));
        }
        return whole(value, 16);
    }

    private static String text(Object value) {
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof CelByteString bytes) {
            return bytes.toStringUtf8();
        }
        if (value instanceof Double number) {
            return FormattedNumber.shortest(number);
        }
        if (value instanceof Instant moment) {
            return TextConversions.moment(moment);
        }
        if (value instanceof Duration span) {
            return FormattedNumber.seconds(span);
        }
        if (isNull(value)) {
            return "null";
        }
        if (value instanceof List<?> list) {
            return list.stream().map(FormattedValue::literal).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(each -> new Pair(key(each.getKey()), literal(each.getValue())))
                    .sorted((one, other) -> one.key().compareTo(other.key()))
                    .map(each -> each.key() + ":" + each.value())
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (value instanceof CelType type) {
            return type instanceof TypeType of ? of.containingTypeName() : type.name();
        }
        if (value instanceof Boolean || value instanceof Long || value instanceof UnsignedLong) {
            return value.toString();
        }
        throw FormatClauses.unfit('s', type(value));
    }

    private static String key(Object key) {
        if (key instanceof String || key instanceof Boolean || key instanceof Long || key instanceof UnsignedLong) {
            return literal(key);
        }
        throw new IllegalArgumentException("no formatting function for map key of type " + type(key));
    }

    /** Within lists and maps, as expressions write it. */
    private static String literal(Object value) {
        if (value instanceof String text) {
            return quoted(text);
        }
        if (value instanceof CelByteString bytes) {
            return "b" + quoted(bytes.toStringUtf8());
        }
        if (value instanceof Instant) {
            return "timestamp(" + quoted(text(value)) + ")";
        }
        if (value instanceof Duration) {
            return "duration(" + quoted(text(value)) + ")";
        }
        if (value instanceof Double number) {
            String written = FormattedNumber.plain(number);
            return number.isNaN() || number.isInfinite() ? quoted(written) : written;
        }
        return text(value);
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"', '\\' -> quoted.append('\\').appendCodePoint(c);
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                case 7 -> quoted.append("\\a");
                case '\b' -> quoted.append("\\b");
                case '\f' -> quoted.append("\\f");
                case 11 -> quoted.append("\\v");
                default -> {
                    if (c < ' ' || c == 0x7f) {
                        quoted.append(String.format(Locale.ROOT, "\\x%02x", c));
                    } else {
                        quoted.appendCodePoint(c);
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }

    /** The name that expressions have for what a value is. */
    private static String type(Object value) {
        if (value instanceof Long) {
            return "int";
        }
        if (value instanceof UnsignedLong) {
            return "uint";
        }
        if (value instanceof Double) {
            return "double";
        }
        if (value instanceof Boolean) {
            return "bool";
        }
        if (value instanceof String) {
            return "string";
        }
        if (value instanceof CelByteString) {
            return "bytes";
        }
        if (value instanceof Instant) {
            return "google.protobuf.Timestamp";
        }
        if (value instanceof Duration) {
            return "google.protobuf.Duration";
        }
        if (value instanceof List) {
            return "list";
        }
        if (value instanceof Map) {
            return "map";
        }
        return isNull(value) ? "null_type" : value.getClass().getSimpleName();
    }

    /** Expressions have another null than JSON has in them. */
    private static boolean isNull(Object value) {
        return value instanceof NullValue || value instanceof dev.cel.common.values.NullValue;
    }
}
