package io.orchestrator.core.cel;

import org.jspecify.annotations.Nullable;

/** Reads the formats of {@code format}: text with clauses such as {@code %s} and {@code %.2f}. Pure functions. */
final class TextFormat {
    private static final String CLAUSES = "sdfebxXo";
    /** More would only take memory: no number has as many digits after the point. */
    private static final int MOST_DIGITS = 1_100;

    private TextFormat() {}

    /** What becomes of a clause. */
    interface Clause {
        /**
         * @param argument counted from 0
         * @param precision null where none is given
         * @throws IllegalArgumentException when the argument is none for such a clause
         */
        String text(int argument, char clause, @Nullable Integer precision);
    }

    /**
     * The text with all clauses replaced.
     *
     * @param arguments how many there are
     * @throws IllegalArgumentException when the format is wrong, or asks for more arguments
     */
    static String fill(String format, int arguments, Clause clauses) {
        StringBuilder filled = new StringBuilder();
        int argument = 0;
        int at = 0;
        while (at < format.length()) {
            char c = format.charAt(at++);
            if (c != '%') {
                filled.append(c);
                continue;
            }
            if (at < format.length() && format.charAt(at) == '%') {
                filled.append('%');
                at++;
                continue;
            }
            if (argument >= arguments) {
                throw new IllegalArgumentException("index " + argument + " out of range");
            }
            if (at >= format.length()) {
                throw new IllegalArgumentException("unexpected end of string");
            }
            int end = endOfPrecision(format, at);
            Integer precision = end == at ? null : precision(format.substring(at + 1, end));
            char clause = format.charAt(end);
            if (CLAUSES.indexOf(clause) < 0) {
                throw unreadable("unrecognized formatting clause \"" + clause + "\"");
            }
            try {
                filled.append(clauses.text(argument++, clause, precision));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("error during formatting: " + e.getMessage(), e);
            }
            at = end + 1;
        }
        return filled.toString();
    }

    private static int endOfPrecision(String format, int from) {
        int end = from;
        if (format.charAt(from) == '.') {
            end++;
            while (end < format.length() && format.charAt(end) >= '0' && format.charAt(end) <= '9') {
                end++;
            }
        }
        if (end >= format.length()) {
            throw unreadable("error while parsing precision: could not find end of precision specifier");
        }
        return end;
    }

    private static int precision(String digits) {
        try {
            int precision = Integer.parseInt(digits);
            if (precision <= MOST_DIGITS) {
                return precision;
            }
        } catch (NumberFormatException e) {
            throw unreadable("error while parsing precision: error while converting precision to integer: \"" + digits
                    + "\" is no number of digits");
        }
        throw unreadable("error while parsing precision: " + digits + " digits are too many");
    }

    private static IllegalArgumentException unreadable(String reason) {
        return new IllegalArgumentException("could not parse formatting clause: " + reason);
    }
}
