package io.orchestrator.core.cel;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Numbers with a fraction as the clauses of {@code format} write them: as people in the United States do, as the second version
 * of CEL's extension of texts has it. Pure functions.
 */
final class FormattedNumber {
    private static final int DIGITS = 6;
    private static final double NANOS = 1e9;
    private static final String TIMES_TEN = "\u202f\u00d7\u202f10";
    private static final String RAISED = "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079";
    private static final char RAISED_MINUS = '\u207b';

    private FormattedNumber() {}

    /** Thousands are set apart. */
    static String fixed(double number, @Nullable Integer precision) {
        if (!Double.isFinite(number)) {
            return unbounded(number);
        }
        int digits = precision == null ? DIGITS : precision;
        DecimalFormat format = new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(Locale.US));
        format.setMinimumFractionDigits(digits);
        format.setMaximumFractionDigits(digits);
        return sign(number) + format.format(new BigDecimal(number).abs().setScale(digits, RoundingMode.HALF_EVEN));
    }

    /** @param precision how wide it is at least, as that version has it: there are always six digits after the point */
    static String scientific(double number, @Nullable Integer precision) {
        int width = precision == null ? DIGITS : precision;
        String written = Double.isFinite(number) ? raised(number) : unbounded(number);
        return " ".repeat(Math.max(0, width - written.length())) + written;
    }

    private static String raised(double number) {
        String written = String.format(Locale.ROOT, "%." + DIGITS + "e", new BigDecimal(number).abs());
        int e = written.indexOf('e');
        StringBuilder raised =
                new StringBuilder(sign(number)).append(written, 0, e).append(TIMES_TEN);
        for (int i = e + 1; i < written.length(); i++) {
            char c = written.charAt(i);
            if (c == '-') {
                raised.append(RAISED_MINUS);
            } else if (c != '+') {
                raised.append(RAISED.charAt(c - '0'));
            }
        }
        return raised.toString();
    }

    private static String unbounded(double number) {
        return Double.isNaN(number) ? "NaN" : number < 0 ? "-\u221e" : "\u221e";
    }

    private static String sign(double number) {
        return number < 0 || 1 / number < 0 ? "-" : "";
    }

    /** With as few digits as tell it from all others, and an exponent where it is very large or small. */
    static String shortest(double number) {
        if (!Double.isFinite(number)) {
            return Double.isNaN(number) ? "NaN" : number < 0 ? "-Inf" : "+Inf";
        }
        if (number == 0) {
            return sign(number) + "0";
        }
        BigDecimal exact = new BigDecimal(Double.toString(Math.abs(number))).stripTrailingZeros();
        String digits = exact.unscaledValue().toString();
        int exponent = digits.length() - 1 - exact.scale();
        if (exponent >= -4 && exponent < DIGITS) {
            return sign(number) + exact.toPlainString();
        }
        String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
        return sign(number)
                + digits.charAt(0)
                + fraction
                + String.format(Locale.ROOT, "e%s%02d", exponent < 0 ? "-" : "+", Math.abs(exponent));
    }

    /** Within lists and maps. */
    static String plain(double number) {
        if (!Double.isFinite(number)) {
            return shortest(number);
        }
        return sign(number)
                + new BigDecimal(number)
                        .abs()
                        .setScale(DIGITS, RoundingMode.HALF_EVEN)
                        .toPlainString();
    }

    /** As a number of double precision has it, which is what Kubernetes makes of a duration that is to be written. */
    static String seconds(Duration span) {
        Duration length = span.abs();
        double seconds = length.getSeconds() + length.getNano() / NANOS;
        String written = seconds == 0
                ? "0"
                : new BigDecimal(Double.toString(seconds)).stripTrailingZeros().toPlainString();
        return (span.isNegative() ? "-" : "") + written + "s";
    }
}
