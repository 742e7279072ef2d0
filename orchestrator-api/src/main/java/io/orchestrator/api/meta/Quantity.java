package io.orchestrator.api.meta;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * An exact amount of a resource, such as {@code 500m}, {@code 64Mi} or {@code 1e3}. Nothing finer than a billionth is kept:
 * such a rest rounds away from zero. Two quantities are equal if their amounts are, whatever they look like: {@code 1024Mi}
 * equals {@code 1Gi}. Immutable.
 */
public final class Quantity implements Comparable<Quantity> {
    /** How a quantity is written. */
    public enum Format {
        /** With a power of ten: {@code 1e3}. */
        DECIMAL_EXPONENT,
        /** With a power of 1024: {@code 64Mi}. */
        BINARY_SI,
        /** With a power of 1000: {@code 500m}, {@code 2k}. */
        DECIMAL_SI
    }

    public static final Quantity ZERO = new Quantity(BigDecimal.ZERO, Format.DECIMAL_SI, null);

    private static final BigDecimal LONG_MAX = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final int LONG_DIGITS = 19;
    private static final int SAFE_DIGITS = 17;

    private final BigDecimal amount;
    private final Format format;

    // Written at first need, by whichever thread comes first: all of them write the same text.
    private @Nullable String text;

    private Quantity(BigDecimal amount, Format format, @Nullable String asWritten) {
        this.amount = amount.signum() == 0 ? BigDecimal.ZERO : amount;
        this.format = format;
        this.text = asWritten;
    }

    /**
     * Reads an amount with an optional suffix: {@code n u m k M G T P E}, {@code Ki Mi Gi Ti Pi Ei}, or {@code e} and an exponent.
     *
     * @throws IllegalArgumentException if the text is not a quantity
     */
    public static Quantity parse(String text) {
        if (text.equals("0")) {
            return ZERO;
        }
        QuantityForm form = QuantityForm.read(text);
        BigDecimal exact = form.amount();
        BigDecimal amount = exact.scale() > 9 ? exact.setScale(9, RoundingMode.UP) : exact;
        Format format = form.format();
        if (format == Format.BINARY_SI) {
            BigDecimal size = amount.abs();
            if (size.compareTo(LONG_MAX) > 0) {
                amount = amount.signum() < 0 ? LONG_MAX.negate() : LONG_MAX;
            } else if (form.hasFraction() && amount.signum() != 0 && size.compareTo(BigDecimal.ONE) < 0) {
                format = Format.DECIMAL_SI;
            }
        }
        return new Quantity(amount, format, form.keepsText() ? text : null);
    }

    public static Quantity of(long value) {
        return value == 0 ? ZERO : new Quantity(BigDecimal.valueOf(value), Format.DECIMAL_SI, null);
    }

    /** Thousandths, as CPU shares are counted. */
    public static Quantity ofMilli(long thousandths) {
        return new Quantity(BigDecimal.valueOf(thousandths, 3), Format.DECIMAL_SI, null);
    }

    /** Written with a power of 1024, as memory is. */
    public static Quantity ofBytes(long bytes) {
        return new Quantity(BigDecimal.valueOf(bytes), Format.BINARY_SI, null);
    }

    /** The sum, in the format of this quantity, or of the other if this one is zero. */
    public Quantity plus(Quantity other) {
        return new Quantity(amount.add(other.amount), isZero() ? other.format : format, null);
    }

    /** The difference, in the format of this quantity, or of the other if this one is zero. */
    public Quantity minus(Quantity other) {
        return new Quantity(amount.subtract(other.amount), isZero() ? other.format : format, null);
    }

    public Quantity times(long factor) {
        return new Quantity(amount.multiply(BigDecimal.valueOf(factor)), format, null);
    }

    public Quantity negate() {
        return new Quantity(amount.negate(), format, null);
    }

    /** Whole units, rounded away from zero; the nearest long if it does not fit. */
    public long value() {
        return scaled(0);
    }

    /** Thousandths, rounded away from zero; the nearest long if it does not fit. */
    public long milliValue() {
        return scaled(3);
    }

    private long scaled(int digits) {
        BigDecimal shifted = amount.scaleByPowerOfTen(digits);
        long digitsBeforePoint = shifted.precision() - (long) shifted.scale();
        if (digitsBeforePoint <= SAFE_DIGITS) {
            return shifted.setScale(0, RoundingMode.UP).longValue();
        }
        if (digitsBeforePoint > LONG_DIGITS) {
            return signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        BigInteger whole = shifted.setScale(0, RoundingMode.UP).toBigInteger();
        if (whole.bitLength() > 63) {
            return signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        return whole.longValue();
    }

    public double doubleValue() {
        return amount.doubleValue();
    }

    public BigDecimal toBigDecimal() {
        return amount;
    }

    public Format format() {
        return format;
    }

    public boolean isZero() {
        return amount.signum() == 0;
    }

    public int signum() {
        return amount.signum();
    }

    /** The shortest form without a fraction, in the format of this quantity. */
    public String canonical() {
        return QuantityForm.write(amount, format);
    }

    @Override
    public int compareTo(Quantity other) {
        return amount.compareTo(other.amount);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Quantity quantity && compareTo(quantity) == 0;
    }

    @Override
    public int hashCode() {
        return amount.stripTrailingZeros().hashCode();
    }

    /**
     * The form on the wire: {@link #canonical()}, except that what was read keeps its text where that differs only in a sign,
     * zeros in front, or a fraction of three, six or nine digits.
     */
    @Override
    public String toString() {
        String written = text;
        if (written == null) {
            written = canonical();
            text = written;
        }
        return written;
    }
}
