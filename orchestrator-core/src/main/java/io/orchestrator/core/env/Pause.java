package io.orchestrator.core.env;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets other processes of this machine go on. It is they that are waited for, by the machine's own time, whatever time this JVM's
 * environment has: nothing tells when they are ready. Stateless.
 */
public final class Pause {
    private Pause() {}

    /** Whether nobody interrupted it; the thread stays interrupted. */
    public static boolean millis(long millis) {
        try {
            // nobody counts it down
            new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
