package io.orchestrator.api.meta;

import io.orchestrator.api.meta.Quantity.Format;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;

/**
 * The written form of a quantity, taken apart.
 *
 * @param whole digits before the point, without zeros in front
 * @param fraction digits behind the point
 */
record QuantityForm(boolean negative, String whole, String fraction, int base, int exponent, Format format) {
    private static final String SUFFIX_LETTERS = "eEinumkKMGTP";
    private static final List<String> BINARY = List.of("", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei");
    private static final List<String> DECIMAL = List.of("n", "u", "m", "", "k", "M", "G", "T", "P", "E");
    private static final int LOWEST_DECIMAL = -9;
    private static final int LONG_DIGITS = 18;
    private static final int MAX_LENGTH = 256;
    private static final int MAX_EXPONENT = 1000;
    private static final BigInteger KIBI = BigInteger.valueOf(1024);

    static QuantityForm read(String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            throw malformed(text);
        }
        int at = 0;
        boolean negative = text.charAt(0) == '-';
        if (negative || text.charAt(0) == '+') {
            at++;
        }
        int wholeEnd = skipDigits(text, at);
        String whole = text.substring(skipZeros(text, at, wholeEnd), wholeEnd);
        String fraction = "";
        at = wholeEnd;
        if (at < text.length() && text.charAt(at) == '.') {
            int end = skipDigits(text, at + 1);
            fraction = text.substring(at + 1, end);
            at = end;
        }
        String suffix = text.substring(at);
        checkSuffixForm(text, suffix);
        return withSuffix(text, negative, whole, fraction, suffix);
    }

    private static void checkSuffixForm(String text, String suffix) {
        int at = 0;
        while (at < suffix.length() && SUFFIX_LETTERS.indexOf(suffix.charAt(at)) >= 0) {
            at++;
        }
        if (at < suffix.length() && (suffix.charAt(at) == '-' || suffix.charAt(at) == '+')) {
            at++;
        }
        if (skipDigits(suffix, at) != suffix.length()) {
            throw malformed(text);
        }
    }

    private static QuantityForm withSuffix(
            String text, boolean negative, String whole, String fraction, String suffix) {
        int decimal = DECIMAL.indexOf(suffix);
        if (decimal >= 0) {
            int exponent = LOWEST_DECIMAL + 3 * decimal;
            return new QuantityForm(negative, whole, fraction, 10, exponent, Format.DECIMAL_SI);
        }
        int binary = BINARY.indexOf(suffix);
        if (binary > 0) {
            return new QuantityForm(negative, whole, fraction, 2, 10 * binary, Format.BINARY_SI);
        }
        char first = suffix.charAt(0);
        if (suffix.length() > 1 && (first == 'e' || first == 'E')) {
            int exponent = exponent(text, suffix.substring(1));
            return new QuantityForm(negative, whole, fraction, 10, exponent, Format.DECIMAL_EXPONENT);
        }
        throw badSuffix(text);
    }

    private static int exponent(String text, String digits) {
        BigInteger exponent;
        try {
            exponent = new BigInteger(digits);
        } catch (NumberFormatException e) {
            throw badSuffix(text);
        }
        if (exponent.compareTo(BigInteger.valueOf(MAX_EXPONENT)) > 0) {
            throw new IllegalArgumentException("\"" + text + "\" is too large for a quantity");
        }
        // Whatever lies below rounds to a billionth anyway.
        return exponent.max(BigInteger.valueOf(-MAX_EXPONENT)).intValue();
    }

    /** Without any rounding. */
    BigDecimal amount() {
        String digits = whole + fraction;
        BigDecimal number = digits.length() <= LONG_DIGITS
                ? BigDecimal.valueOf(digits.isEmpty() ? 0 : Long.parseLong(digits), fraction.length())
                : new BigDecimal(new BigInteger(digits), fraction.length());
        BigDecimal signed = negative ? number.negate() : number;
        return base == 10
                ? signed.scaleByPowerOfTen(exponent)
                : signed.multiply(new BigDecimal(BigInteger.ONE.shiftLeft(exponent)));
    }

    boolean hasFraction() {
        return !fraction.isEmpty();
    }

    /** Whether the text stays as it was written, which is so for short numbers that are canonical at first sight. */
    boolean keepsText() {
        String digits = (whole.isEmpty() ? "0" : whole) + fraction;
        if (format == Format.BINARY_SI) {
            boolean small = fraction.isEmpty() && digits.length() <= 14 - exponent * 3 / 10;
            return small && (Long.parseLong(digits) & 7) != 0;
        }
        int scale = exponent - fraction.length();
        return digits.length() <= 18
                && scale >= LOWEST_DECIMAL
                && scale % 3 == 0
                && !digits.endsWith("000")
                && digits.charAt(0) != '0';
    }

    static String write(BigDecimal amount, Format format) {
        if (amount.signum() == 0) {
            return "0";
        }
        BigDecimal stripped = amount.stripTrailingZeros();
        if (format == Format.BINARY_SI && stripped.scale() <= 0 && atLeastOneKibi(stripped)) {
            return binary(stripped.toBigIntegerExact());
        }
        return decimal(stripped, format == Format.DECIMAL_EXPONENT);
    }

    private static boolean atLeastOneKibi(BigDecimal amount) {
        return amount.abs().compareTo(new BigDecimal(KIBI)) >= 0;
    }

    private static String binary(BigInteger amount) {
        BigInteger rest = amount;
        int power = 0;
        while (power < BINARY.size() - 1 && rest.mod(KIBI).signum() == 0) {
            rest = rest.divide(KIBI);
            power++;
        }
        return rest + BINARY.get(power);
    }

    private static String decimal(BigDecimal stripped, boolean exponentForm) {
        int exponent = Math.floorDiv(-stripped.scale(), 3) * 3;
        if (!exponentForm) {
            exponent = Math.min(exponent, LOWEST_DECIMAL + 3 * (DECIMAL.size() - 1));
        }
        BigInteger mantissa = stripped.scaleByPowerOfTen(-exponent).toBigIntegerExact();
        if (exponentForm) {
            return exponent == 0 ? mantissa.toString() : mantissa + "e" + exponent;
        }
        return mantissa + DECIMAL.get((exponent - LOWEST_DECIMAL) / 3);
    }

    private static int skipDigits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

    private static int skipZeros(String text, int from, int to) {
        int at = from;
        while (at < to && text.charAt(at) == '0') {
            at++;
        }
        return at;
    }

    private static IllegalArgumentException malformed(String text) {
        String shown = text.length() > MAX_LENGTH ? text.substring(0, 32) + "..." : text;
        return new IllegalArgumentException(
                "\"" + shown + "\" is not a quantity: a number is expected, then a suffix such as m, k, Mi or e3");
    }

    private static IllegalArgumentException badSuffix(String text) {
        return new IllegalArgumentException("\"" + text + "\" has no suffix that a quantity knows");
    }
}
