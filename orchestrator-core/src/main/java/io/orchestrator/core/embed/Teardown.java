package io.orchestrator.core.embed;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has been started, to be closed in the opposite order. A part that fails to close does not keep the others open. */
final class Teardown implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Teardown.class);

    private record Step(String what, AutoCloseable part) {}

    private final Deque<Step> steps = new ArrayDeque<>();
    private boolean closed;

    synchronized <T extends AutoCloseable> T add(String what, T part) {
        if (closed) {
            throw new IllegalStateException("closed before " + what + " had started");
        }
        steps.push(new Step(what, part));
        return part;
    }

    /** Closes all, the last one first. Idempotent; a second caller returns at once. */
    @Override
    public void close() {
        Deque<Step> all;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            all = new ArrayDeque<>(steps);
            steps.clear();
        }
        for (Step step : all) {
            try {
                step.part().close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                LOG.warn("{} did not close well", step.what(), e);
            }
        }
    }
}
