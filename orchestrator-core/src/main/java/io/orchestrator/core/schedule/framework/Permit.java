package io.orchestrator.core.schedule.framework;

import java.time.Duration;

/** Whether a placement may go on. */
public sealed interface Permit {

    /** Yes. */
    record Allow() implements Permit {}

    /** No: it is undone, and the pod waits for a change. */
    record Deny(String why) implements Permit {}

    /**
     * Not yet.
     *
     * @param timeout counted from the first such answer of the plugin; after it the placement is undone
     */
    record Hold(Duration timeout) implements Permit {
        public Hold {
            if (timeout.isNegative()) {
                throw new IllegalArgumentException("not a time to wait: " + timeout);
            }
        }
    }

    static Permit allow() {
        return new Allow();
    }

    static Permit deny(String why) {
        return new Deny(why);
    }

    static Permit hold(Duration timeout) {
        return new Hold(timeout);
    }
}
