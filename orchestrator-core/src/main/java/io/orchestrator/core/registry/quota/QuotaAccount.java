package io.orchestrator.core.registry.quota;

import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.core.ResourceQuota;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/**
 * The way to one quota. Many who come at once would overwrite each other and try again and again; here one of them does the
 * bookkeeping for all that wait, with one write, and nobody holds a lock over the store.
 */
final class QuotaAccount {
    /** Writes the quota's status. */
    interface Book {
        ResourceQuota change(UnaryOperator<ResourceQuota> change);
    }

    private record Entry(Map<String, Quantity> amounts, boolean back, CompletableFuture<Optional<String>> outcome) {}

    private final Book book;
    private final Queue<Entry> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean busy = new AtomicBoolean();

    QuotaAccount(Book book) {
        this.book = book;
    }

    /** Charges so much. Returns why not, or nothing when it is charged. */
    Optional<String> charge(Map<String, Quantity> amounts) {
        return enter(new Entry(amounts, false, new CompletableFuture<>()));
    }

    void giveBack(Map<String, Quantity> amounts) {
        enter(new Entry(amounts, true, new CompletableFuture<>()));
    }

    private Optional<String> enter(Entry entry) {
        waiting.add(entry);
        // Whoever has the book looks again after laying it down, so an entry is never left behind.
        while (!waiting.isEmpty() && busy.compareAndSet(false, true)) {
            try {
                serve();
            } finally {
                busy.set(false);
            }
        }
        try {
            return entry.outcome().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private void serve() {
        List<Entry> batch = new ArrayList<>();
        for (Entry next = waiting.poll(); next != null; next = waiting.poll()) {
            batch.add(next);
        }
        List<Optional<String>> outcomes = new ArrayList<>();
        try {
            book.change(quota -> {
                outcomes.clear();
                ResourceQuota result = quota;
                for (Entry entry : batch) {
                    Optional<String> refused = entry.back() ? Optional.empty() : Used.check(result, entry.amounts());
                    outcomes.add(refused);
                    if (entry.back()) {
                        result = Used.minus(result, entry.amounts());
                    } else if (refused.isEmpty()) {
                        result = Used.plus(result, entry.amounts());
                    }
                }
                return result;
            });
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).outcome().complete(outcomes.get(i));
            }
        } catch (RuntimeException | Error e) {
            // Whoever waits would do so for ever.
            batch.forEach(entry -> entry.outcome().completeExceptionally(e));
        }
    }
}
