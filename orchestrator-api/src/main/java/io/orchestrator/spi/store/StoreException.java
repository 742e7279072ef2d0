package io.orchestrator.spi.store;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Why a store refused. The permitted kinds are all there are. */
public abstract sealed class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Never null. */
    @Override
    public String getMessage() {
        return Objects.requireNonNullElse(super.getMessage(), "");
    }

    /** The expectation of a write did not hold; nothing was written. */
    public static final class Conflict extends StoreException {
        private static final long serialVersionUID = 1L;
        private final transient @Nullable Entry current;

        public Conflict(StoreKey key, @Nullable Entry current) {
            super(key + (current == null ? " does not exist" : " stands at revision " + current.revision()), null);
            this.current = current;
        }

        /** What stands there instead; null when nothing does. */
        public @Nullable Entry current() {
            return current;
        }
    }

    /** The key that a write was tied to is gone, or was created anew; nothing was written. */
    public static final class Fenced extends StoreException {
        private static final long serialVersionUID = 1L;

        public Fenced(StoreKey guard, long createRevision) {
            super(guard + " no longer stands as it was created at revision " + createRevision, null);
        }
    }

    /** A revision before the kept history was asked for. */
    public static final class Compacted extends StoreException {
        private static final long serialVersionUID = 1L;
        private final long oldest;

        public Compacted(long asked, long oldest) {
            super("revision " + asked + " is compacted, the oldest kept is " + oldest, null);
            this.oldest = oldest;
        }

        public long oldest() {
            return oldest;
        }
    }

    /** A revision that is not reached yet was asked for. */
    public static final class FutureRevision extends StoreException {
        private static final long serialVersionUID = 1L;
        private final long current;

        public FutureRevision(long asked, long current) {
            super("revision " + asked + " is not reached, the newest is " + current, null);
            this.current = current;
        }

        public long current() {
            return current;
        }
    }

    /**
     * The store cannot be reached, or did not answer in time; the outcome of a write is unknown, unless it is said to be
     * {@linkplain #unwritten unwritten}.
     */
    public static final class Unavailable extends StoreException {
        private static final long serialVersionUID = 1L;
        private final boolean unwritten;

        public Unavailable(String message, @Nullable Throwable cause) {
            this(message, cause, false);
        }

        private Unavailable(String message, @Nullable Throwable cause, boolean unwritten) {
            super(message, cause);
            this.unwritten = unwritten;
        }

        /** The store takes nothing for now: this was not written and will not be, and may succeed another time. */
        public static Unavailable unwritten(String message, @Nullable Throwable cause) {
            return new Unavailable(message, cause, true);
        }

        /** Whether it is known that nothing was written, nor will be. */
        public boolean isUnwritten() {
            return unwritten;
        }
    }

    /** The value is larger than the store takes, or the store is full; nothing was written. */
    public static final class Refused extends StoreException {
        private static final long serialVersionUID = 1L;

        public Refused(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** The store was closed. */
    public static final class Closed extends StoreException {
        private static final long serialVersionUID = 1L;

        public Closed() {
            super("the store is closed", null);
        }
    }
}
