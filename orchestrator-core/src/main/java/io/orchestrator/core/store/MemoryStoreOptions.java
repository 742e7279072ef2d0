package io.orchestrator.core.store;

/**
 * How much a {@link MemoryStore} remembers.
 *
 * @param historyLength how many writes are kept for lists at a revision and for watchers that catch up; a watcher that is
 *     further behind has to list again
 */
public record MemoryStoreOptions(int historyLength) {
    private static final int DEFAULT_HISTORY = 32_768;
    private static final int MOST_BETWEEN_PROGRESS = 1_024;

    public MemoryStoreOptions {
        if (historyLength < 1) {
            throw new IllegalArgumentException("historyLength must be positive");
        }
    }

    public static MemoryStoreOptions defaults() {
        return new MemoryStoreOptions(DEFAULT_HISTORY);
    }

    public static MemoryStoreOptions keeping(int historyLength) {
        return new MemoryStoreOptions(historyLength);
    }

    /**
     * After so many writes that are none of its business, an idle subscription is told of the progress; below the length
     * of the history, so that one who was told can always resume.
     */
    long progressEvery() {
        return Math.max(1, Math.min(historyLength / 2, MOST_BETWEEN_PROGRESS));
    }
}
