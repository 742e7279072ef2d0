package io.orchestrator.core.cron;

import java.util.List;
import java.util.Locale;

/**
 * Which values of one field are meant.
 *
 * @param bits one for each value
 * @param any whether it was written as {@code *} or {@code ?}
 */
record CronField(long bits, boolean any) {
    /** What a field may hold. */
    enum Unit {
        MINUTE(0, 59, List.of()),
        HOUR(0, 23, List.of()),
        DAY_OF_MONTH(1, 31, List.of()),
        MONTH(1, 12, List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")),
        DAY_OF_WEEK(0, 6, List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat"));

        private final int min;
        private final int max;
        private final List<String> names;

        Unit(int min, int max, List<String> names) {
            this.min = min;
            this.max = max;
            this.names = names;
        }
    }

    boolean has(int value) {
        return (bits >> value & 1) == 1;
    }

    static CronField parse(String text, Unit unit) {
        long bits = 0;
        boolean any = false;
        for (String part : text.split(",", -1)) {
            if (part.isEmpty()) {
                continue; // as Kubernetes: empty parts mean nothing
            }
            CronField range = range(part, unit);
            bits |= range.bits();
            any |= range.any();
        }
        return new CronField(bits, any);
    }

    /** {@code *}, {@code 5}, {@code 1-5}, each with {@code /2} or without; {@code 5/2} runs to the end. */
    private static CronField range(String part, Unit unit) {
        String[] withStep = part.split("/", -1);
        check(withStep.length <= 2, "too many slashes: " + part);
        String[] ends = withStep[0].split("-", -1);
        check(ends.length <= 2, "too many hyphens: " + part);
        boolean any = ends.length == 1 && (ends[0].equals("*") || ends[0].equals("?"));
        int first = any ? unit.min : value(ends[0], unit);
        int last = any ? unit.max : value(ends[ends.length - 1], unit);
        int step = 1;
        if (withStep.length == 2) {
            step = number(withStep[1]);
            check(step > 0, "step of range should be a positive number: " + part);
            last = ends.length == 1 ? unit.max : last;
        }
        check(first >= unit.min, "beginning of range (" + first + ") below minimum (" + unit.min + "): " + part);
        check(last <= unit.max, "end of range (" + last + ") above maximum (" + unit.max + "): " + part);
        check(first <= last, "beginning of range (" + first + ") beyond end of range (" + last + "): " + part);
        long bits = 0;
        for (int value = first; value <= last; value += step) {
            bits |= 1L << value;
        }
        return new CronField(bits, any && step == 1);
    }

    private static int value(String text, Unit unit) {
        int named = unit.names.indexOf(text.toLowerCase(Locale.ROOT));
        return named >= 0 ? named + unit.min : number(text);
    }

    private static int number(String text) {
        try {
            int number = Integer.parseInt(text);
            check(number >= 0, "negative number (" + number + ") not allowed: " + text);
            return number;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("failed to parse int from " + text, e);
        }
    }

    private static void check(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalArgumentException(problem);
        }
    }
}
