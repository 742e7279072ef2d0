package io.orchestrator.core.client.config;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.jspecify.annotations.Nullable;

/** A plugin or a token, and beside it a certificate: what the former has counts first. */
final class CombinedCredentials implements Credentials {
    private final Credentials first;
    private final Credentials second;
    private final Object lock = new Object();

    @GuardedBy("lock")
    private @Nullable Combined last;

    private record Combined(Shown first, Shown second, Shown both) {}

    CombinedCredentials(Credentials first, Credentials second) {
        this.first = first;
        this.second = second;
    }

    @Override
    public Shown current() {
        synchronized (lock) {
            Shown one = first.current();
            Shown other = second.current();
            last = new Combined(one, other, one.or(other));
            return last.both();
        }
    }

    /** Of many requests that showed the same and were refused, one has others fetched. */
    @Override
    public boolean refused(Shown shown) {
        synchronized (lock) {
            if (last == null || !last.both().equals(shown)) {
                return true;
            }
            boolean fresher = second.refused(last.second());
            return first.refused(last.first()) || fresher;
        }
    }
}
