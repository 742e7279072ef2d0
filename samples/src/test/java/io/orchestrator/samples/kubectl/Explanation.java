package io.orchestrator.samples.kubectl;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why something that looks like a fault is what Kubernetes does too: a line {@code SUBJECT /PATTERN/ REASON} of a file. */
record Explanation(String subject, Pattern pattern, String reason) {
    /** The reason of what always goes along with something that has a better one, and alone explains nothing. */
    static final String COMPANION = "-";

    private static final Pattern FORM = Pattern.compile("(\\w+) /(.*?)/ (.*)");

    /** All that a file beside the script has. {@code #} begins a comment. */
    static List<Explanation> all(String file) {
        return Scene.text(file)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(Explanation::parse)
                .toList();
    }

    private static Explanation parse(String line) {
        Matcher form = FORM.matcher(line);
        if (!form.matches()) {
            throw new IllegalArgumentException("this explains nothing: " + line);
        }
        return new Explanation(form.group(1), Pattern.compile(form.group(2)), form.group(3));
    }

    boolean fits(String what, String finding) {
        return subject.equals(what) && pattern.matcher(finding).find();
    }
}
