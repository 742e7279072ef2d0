package io.orchestrator.samples.cluster;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * SIGTERM and SIGINT as an end in order: a program, unlike a library, may set a shutdown hook. The hook interrupts the main
 * thread, waits until that has closed everything, and halts with exit code 0, where the signal alone would make it 143.
 */
final class EndSignal {
    private final CountDownLatch told = new CountDownLatch(1);
    private final CountDownLatch reached = new CountDownLatch(1);

    private volatile boolean asked;

    private EndSignal() {}

    static EndSignal install(Thread main) {
        EndSignal signal = new EndSignal();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> signal.end(main), "shutdown"));
        return signal;
    }

    private void end(Thread main) {
        if (reached.getCount() == 0) {
            // The program ends by itself, with a code of its own.
            return;
        }
        asked = true;
        main.interrupt();
        // Behind the interrupt, so that whoever wakes up by this finds that there is none to come.
        told.countDown();
        try {
            reached.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(0);
    }

    boolean isAsked() {
        return asked;
    }

    /** Waits for the signal; the interrupt that comes with it ends the wait, too. */
    void await() {
        try {
            told.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for the signal, but no longer than that. Whether it came. */
    boolean await(Duration within) {
        try {
            return told.await(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Everything is closed. */
    void reached() {
        reached.countDown();
    }
}
