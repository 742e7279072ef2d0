package io.orchestrator.spi.store;

/** What must hold of a key for a write to happen. */
public sealed interface Expect {

    /** Whatever stands there, or nothing. */
    record Anything() implements Expect {}

    /** The key does not exist. */
    record Absent() implements Expect {}

    /** The key's version has exactly this revision. */
    record AtRevision(long revision) implements Expect {}

    /**
     * Another key stands, and has since it was created at exactly this revision, whatever was put there later. Checked together
     * with the rest, in the step that writes. Where it does not hold the write fails with {@link StoreException.Fenced}, whether
     * the rest holds or not.
     *
     * @param then what must hold of the key itself
     */
    record WhileStands(Expect then, StoreKey guard, long createRevision) implements Expect {
        public WhileStands {
            if (then instanceof WhileStands) {
                throw new IllegalArgumentException("a write is tied to one other key at most");
            }
            if (createRevision < 1) {
                throw new IllegalArgumentException("nothing was ever created at revision " + createRevision);
            }
        }
    }

    /** The same, as long as another key stands that was created at this revision. */
    default Expect whileStands(StoreKey guard, long createRevision) {
        return new WhileStands(this, guard, createRevision);
    }

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
