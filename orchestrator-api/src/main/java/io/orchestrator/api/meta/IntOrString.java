package io.orchestrator.api.meta;

/**
 * A number or a text, as ports and roll-out limits take them. On the wire it is a JSON number or a JSON string.
 *
 * @param isText whether {@code text} counts; the other component is then 0, or empty
 */
public record IntOrString(boolean isText, int number, String text) implements Comparable<IntOrString> {
    public static final IntOrString ZERO = new IntOrString(false, 0, "");

    public IntOrString {
        number = isText ? 0 : number;
        text = isText ? text : "";
    }

    public static IntOrString of(int number) {
        return new IntOrString(false, number, "");
    }

    /** Always a text, also if it is made of digits. */
    public static IntOrString of(String text) {
        return new IntOrString(true, 0, text);
    }

    /** A number if the text is one, else a text. */
    public static IntOrString parse(String text) {
        try {
            return of(Integer.parseInt(text));
        } catch (NumberFormatException e) {
            return of(text);
        }
    }

    /** Whether this is the number 0, which is how an absent one looks. */
    public boolean isZero() {
        return !isText && number == 0;
    }

    public boolean isPercent() {
        return isText && text.endsWith("%");
    }

    /** The number; of a text the number that it spells, else 0. */
    public int intValue() {
        if (!isText) {
            return number;
        }
        IntOrString spelled = parse(text);
        return spelled.number;
    }

    /**
     * The number as it is, or the percentage of {@code total}.
     *
     * @param roundUp what happens to the fraction of a percentage
     * @throws IllegalArgumentException if this is a text but no percentage
     */
    public int scaled(int total, boolean roundUp) {
        if (!isText) {
            return number;
        }
        long percent = percent();
        long hundredfold = percent * total;
        long result = roundUp ? -Math.floorDiv(-hundredfold, 100L) : Math.floorDiv(hundredfold, 100L);
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, result));
    }

    private int percent() {
        if (!isPercent()) {
            throw new IllegalArgumentException("invalid value \"" + text + "\": a string value must be a percentage");
        }
        try {
            return Integer.parseInt(text.substring(0, text.length() - 1));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("invalid value \"" + text + "\": not a percentage", e);
        }
    }

    @Override
    public int compareTo(IntOrString other) {
        int byKind = Boolean.compare(isText, other.isText);
        if (byKind != 0) {
            return byKind;
        }
        return isText ? text.compareTo(other.text) : Integer.compare(number, other.number);
    }

    @Override
    public String toString() {
        return isText ? text : Integer.toString(number);
    }
}
