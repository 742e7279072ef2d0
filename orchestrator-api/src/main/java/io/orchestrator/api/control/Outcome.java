package io.orchestrator.api.control;

import java.time.Duration;

/** What a reconciliation came to. An exception means: again, with back-off. */
public sealed interface Outcome {

    /** Nothing more to do until something changes. */
    record Done() implements Outcome {}

    /** Look again after the delay, whatever happens. Resets the back-off. */
    record RetryAfter(Duration delay, String why) implements Outcome {}

    /** The object asks for what cannot be; trying again is useless until it changes. */
    record Rejected(String why) implements Outcome {}

    static Outcome done() {
        return new Done();
    }

    static Outcome retryAfter(Duration delay, String why) {
        return new RetryAfter(delay, why);
    }

    static Outcome rejected(String why) {
        return new Rejected(why);
    }
}
