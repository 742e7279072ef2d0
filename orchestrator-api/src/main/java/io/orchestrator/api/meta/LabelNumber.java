package io.orchestrator.api.meta;

import org.jspecify.annotations.Nullable;

/** Whole numbers in label values. What is no number matches neither way. */
final class LabelNumber {
    private LabelNumber() {}

    static boolean isNumber(String text) {
        try {
            Long.parseLong(text);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    static boolean compares(@Nullable String actual, String bound, boolean greater) {
        if (actual == null || !isNumber(actual) || !isNumber(bound)) {
            return false;
        }
        int order = Long.compare(Long.parseLong(actual), Long.parseLong(bound));
        return greater ? order > 0 : order < 0;
    }
}
