package io.orchestrator.spi.store;

/** What must hold of a key for a write to happen. */
public sealed interface Expect {

    /** Whatever stands there, or nothing. */
    record Anything() implements Expect {}

    /** The key does not exist. */
    record Absent() implements Expect {}

    /** The key's version has exactly this revision. */
    record AtRevision(long revision) implements Expect {}

    static Expect anything() {
        return new Anything();
    }

    static Expect absent() {
        return new Absent();
    }

    static Expect atRevision(long revision) {
        return new AtRevision(revision);
    }
}
