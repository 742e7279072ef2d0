package io.orchestrator.samples.cluster;

import java.util.Locale;

/** What the program says to whoever started it: plain lines on standard output, flushed at once. */
final class Say {
    private Say() {}

    static void line(String format, Object... args) {
        System.out.println(String.format(Locale.ROOT, format, args));
        System.out.flush();
    }
}
