package io.orchestrator.core.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.core.env.SystemEnvironment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The promises of the queue among real threads; {@code WorkQueueTest} has them in virtual time. */
class WorkQueueThreadsTest {
    private static final int KEYS = 7;
    private static final int WORKERS = 4;
    private static final int PRODUCERS = 4;
    private static final int ADDS = 20_000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SystemEnvironment system = new SystemEnvironment("work-queue");

    private final AtomicIntegerArray wanted = new AtomicIntegerArray(KEYS);
    private final AtomicIntegerArray seen = new AtomicIntegerArray(KEYS);
    private final AtomicIntegerArray inWork = new AtomicIntegerArray(KEYS);
    private final AtomicInteger busy = new AtomicInteger();
    private final AtomicInteger mostBusy = new AtomicInteger();
    private final AtomicInteger works = new AtomicInteger();
    private final AtomicInteger together = new AtomicInteger();

    @AfterEach
    void close() {
        system.close();
    }

    @Test
    void everyAddIsFollowedByWorkThatBeganAfterItAndNoKeyIsInTwoHands() throws Exception {
        try (WorkQueue<Integer> queue = queue(this::look)) {
            queue.start();
            List<Thread> producers = new ArrayList<>();
            for (int p = 0; p < PRODUCERS; p++) {
                int step = p + 1;
                producers.add(new Thread(() -> add(queue, step)));
            }
            producers.forEach(Thread::start);
            for (Thread producer : producers) {
                producer.join();
            }
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(counts(seen)).isEqualTo(counts(wanted)));
        }
        assertThat(together.get()).as("times that a key was in two hands").isZero();
        assertThat(mostBusy.get()).isLessThanOrEqualTo(WORKERS);
        assertThat(works.get())
                .as("adds of a key that waits are one work")
                .isPositive()
                .isLessThanOrEqualTo(PRODUCERS * ADDS);
    }

    @Test
    void closeReturnsWhenTheWorkUnderWayHasEnded() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch proceed = new CountDownLatch(1);
        AtomicInteger ended = new AtomicInteger();
        WorkQueue<Integer> queue = queue(key -> {
            begun.countDown();
            await(proceed);
            ended.incrementAndGet();
        });
        queue.start();
        queue.add(1);
        await(begun);
        queue.add(1);
        Thread closer = new Thread(queue::close);
        closer.start();
        Awaitility.await().atMost(PATIENCE).until(() -> closer.getState() == Thread.State.TIMED_WAITING);
        proceed.countDown();
        closer.join(PATIENCE.toMillis());
        assertThat(closer.isAlive()).isFalse();
        assertThat(ended.get()).as("what waited was dropped").isEqualTo(1);
    }

    private WorkQueue<Integer> queue(Consumer<Integer> work) {
        return new WorkQueue<>(WORKERS, Backoff.standard(), system.environment(), work);
    }

    private void add(WorkQueue<Integer> queue, int step) {
        for (int i = 0; i < ADDS; i++) {
            int key = i * step % KEYS;
            wanted.incrementAndGet(key);
            queue.add(key);
        }
    }

    private void look(int key) {
        if (inWork.incrementAndGet(key) > 1) {
            together.incrementAndGet();
        }
        mostBusy.accumulateAndGet(busy.incrementAndGet(), Math::max);
        seen.set(key, wanted.get(key));
        works.incrementAndGet();
        Thread.yield();
        busy.decrementAndGet();
        inWork.decrementAndGet(key);
    }

    private static List<Integer> counts(AtomicIntegerArray counts) {
        return IntStream.range(0, KEYS).mapToObj(counts::get).toList();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
