package io.orchestrator.testkit.simulation;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.client.Watch;
import io.orchestrator.api.client.WatchEvent;
import io.orchestrator.api.client.WatchListener;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A watch whose events come late, or not at all, but never out of order. */
final class FaultyWatch<T extends Resource> implements Watch, WatchListener<T> {
    private final Faults faults;
    private final ResourceType<T> type;
    private final WatchListener<T> listener;
    private final ScheduledExecutorService timers;
    private final ArrayDeque<WatchEvent<T>> waiting = new ArrayDeque<>();
    private @Nullable Watch inner;
    private boolean pumping;
    private boolean over;

    FaultyWatch(Faults faults, ResourceType<T> type, WatchListener<T> listener, ScheduledExecutorService timers) {
        this.faults = faults;
        this.type = type;
        this.listener = listener;
        this.timers = timers;
        faults.opened(this);
    }

    void runs(Watch inner) {
        this.inner = inner;
        if (over) {
            inner.close();
        }
    }

    @Override
    public void onEvent(WatchEvent<T> event) {
        if (over) {
            return;
        }
        if (event.type() != WatchEvent.Type.BOOKMARK) {
            if (faults.happens(faults.rates().watchDropped())) {
                end(new ApiException(Reason.SERVICE_UNAVAILABLE, "the simulation dropped this watch"));
                return;
            }
            if (faults.happens(faults.rates().watchExpired())) {
                end(new ApiException(Reason.EXPIRED, "the simulation let this watch expire"));
                return;
            }
        }
        waiting.add(event);
        pump();
    }

    /** What waits is still delivered before the end, unless it is held. */
    @Override
    public void onClosed(ApiException cause) {
        end(cause);
    }

    /** Delivers the next event, after its delay. */
    void pump() {
        if (over || pumping || waiting.isEmpty() || faults.holds(type)) {
            return;
        }
        pumping = true;
        boolean late = waiting.element().type() != WatchEvent.Type.BOOKMARK && faults.isNextLate();
        timers.schedule(
                () -> {
                    pumping = false;
                    deliver(late);
                    pump();
                },
                (late ? faults.lateness() : faults.eventDelay()).toNanos(),
                TimeUnit.NANOSECONDS);
    }

    boolean isOver() {
        return over;
    }

    void end(ApiException cause) {
        if (!over) {
            close();
            timers.execute(() -> listener.onClosed(cause));
        }
    }

    @Override
    public void close() {
        over = true;
        waiting.clear();
        faults.ended(this);
        if (inner != null) {
            inner.close();
        }
    }

    /** @param late whether it is left out where it is out of date by now */
    private void deliver(boolean late) {
        if (over || waiting.isEmpty() || faults.holds(type)) {
            return;
        }
        WatchEvent<T> event = waiting.remove();
        if (event.type() == WatchEvent.Type.MODIFIED
                && isOutdated(event)
                && (late || faults.happens(faults.rates().skipped()))) {
            return;
        }
        listener.onEvent(event);
    }

    private boolean isOutdated(WatchEvent<T> event) {
        for (Iterator<WatchEvent<T>> later = waiting.iterator(); later.hasNext(); ) {
            WatchEvent<T> next = later.next();
            if (next.object().metadata().uid().equals(event.object().metadata().uid())) {
                return true;
            }
        }
        return false;
    }
}
