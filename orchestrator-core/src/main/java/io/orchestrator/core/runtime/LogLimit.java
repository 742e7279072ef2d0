package io.orchestrator.core.runtime;

/**
 * How much of a container's output is kept, in the words of a kubelet's {@code containerLogMaxSize} and {@code containerLogMaxFiles}:
 * the oldest file's worth goes when one more than so many would be needed. Immutable.
 *
 * @param bytes of a file
 * @param files how many, at least 2
 */
record LogLimit(long bytes, int files) {
    /** What a kubelet does where it is told nothing. */
    static final LogLimit DEFAULT = new LogLimit(10L << 20, 5);

    LogLimit {
        if (bytes <= 0 || files < 2) {
            throw new IllegalArgumentException(
                    "logs are kept in at least 2 files of at least a byte, not " + files + " of " + bytes);
        }
    }

    /** What there may be at most. */
    long total() {
        return bytes * files;
    }

    /** What is kept when there is more: room for one more file is made. */
    long kept() {
        return bytes * (files - 1);
    }
}
