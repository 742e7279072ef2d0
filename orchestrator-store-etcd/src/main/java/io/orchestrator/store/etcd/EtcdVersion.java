package io.orchestrator.store.etcd;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version such as 3.4.23. */
record EtcdVersion(int major, int minor, int patch) {
    private static final Pattern PATTERN = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+).*");

    static EtcdVersion parse(String text) {
        Matcher matcher = PATTERN.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a version of etcd: " + text);
        }
        return new EtcdVersion(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)));
    }

    /**
     * Before 3.4.25 and 3.5.8, etcd answers a request for progress at once, past the events that still wait in the stream.
     */
    boolean marksProgressBehindEvents() {
        if (major != 3) {
            return major > 3;
        }
        return switch (minor) {
            case 4 -> patch >= 25;
            case 5 -> patch >= 8;
            default -> minor > 5;
        };
    }
}
