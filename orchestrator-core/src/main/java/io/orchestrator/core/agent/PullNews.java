package io.orchestrator.core.agent;

import io.orchestrator.api.model.core.Pod;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Tells a pod how far the pull of its image is, where that takes long, and not more often than people read. Thread-safe. */
final class PullNews implements Consumer<String> {
    private static final Duration EVERY = Duration.ofSeconds(15);

    private final NodeContext node;
    private final Pod pod;
    private final String reference;
    private final AtomicLong told;

    PullNews(NodeContext node, Pod pod, String reference) {
        this.node = node;
        this.pod = pod;
        this.reference = reference;
        this.told = new AtomicLong(node.environment().nanoTime().getAsLong());
    }

    @Override
    public void accept(String words) {
        long now = node.environment().nanoTime().getAsLong();
        long last = told.get();
        if (now - last >= EVERY.toNanos() && told.compareAndSet(last, now)) {
            node.events().normal(pod, "Pulling", "Pulling image \"" + reference + "\": " + words);
        }
    }
}
