package io.orchestrator.core.env;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class SystemEnvironmentTest {
    /** Many threads, and often: a thread that is on its way out is seen only by luck. */
    @RepeatedTest(20)
    void whenCloseReturnsNoThreadIsLeft() throws InterruptedException {
        SystemEnvironment environment = new SystemEnvironment("leaver");
        CountDownLatch running = new CountDownLatch(32);
        for (int i = 0; i < 32; i++) {
            environment.environment().executor().execute(() -> {
                running.countDown();
                waitForTheInterrupt();
            });
        }
        running.await();
        environment.environment().timers().schedule(() -> {}, 1, TimeUnit.HOURS);

        environment.close();

        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("leaver-"));
    }

    @Test
    void aTaskMayCloseTheEnvironmentThatRunsIt() throws InterruptedException {
        SystemEnvironment environment = new SystemEnvironment("self-closer");
        CountDownLatch closed = new CountDownLatch(1);

        environment.environment().executor().execute(() -> {
            environment.close();
            closed.countDown();
        });

        assertThat(closed.await(60, TimeUnit.SECONDS)).isTrue();
    }

    private static void waitForTheInterrupt() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
