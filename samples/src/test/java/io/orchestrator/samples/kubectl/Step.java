package io.orchestrator.samples.kubectl;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One command of a scene: {@code [VERSIONS] [soon] EXIT /PATTERN/ ARGUMENTS}. The exit code is a number, or {@code -} for a
 * command that goes on until it is ended, which it is once it has said what it must. {@code soon} means that it is repeated
 * until it passes. {@code VERSIONS} is {@code 1.30+} or {@code 1.29-}. The pattern is looked for in all that it prints. Words
 * are parted by spaces; single quotes keep them together.
 */
record Step(int line, int from, int to, boolean soon, int exit, String pattern, List<String> words) {
    private static final Pattern FORM = Pattern.compile("(?:1\\.(\\d+)([+-]) )?(soon )?(\\d+|-) /(.*?)/ (.*)");
    private static final Pattern WORD = Pattern.compile("(?:[^ ']|'[^']*')+");
    /** The exit code of a command that does not end by itself. */
    static final int ENDLESS = -1;

    static Step parse(int line, String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("line " + line + " is no step: " + text);
        }
        int bound = form.group(1) == null ? 0 : Integer.parseInt(form.group(1));
        boolean upwards = form.group(1) == null || form.group(2).equals("+");
        return new Step(
                line,
                upwards ? bound : 0,
                upwards ? Integer.MAX_VALUE : bound,
                form.group(3) != null,
                form.group(4).equals("-") ? ENDLESS : Integer.parseInt(form.group(4)),
                form.group(5),
                words(form.group(6)));
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(text);
        while (word.find()) {
            words.add(word.group().replace("'", ""));
        }
        return words;
    }

    boolean isFor(KubectlProgram program) {
        return from <= program.minor() && program.minor() <= to;
    }
}
