package io.orchestrator.core.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WorkerPoolTest {
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final WorkerPool pool = new WorkerPool(
            task -> {
                Thread thread = new Thread(task, "worker-pool-test");
                thread.setDaemon(true);
                threads.add(thread);
                return thread;
            },
            System::nanoTime,
            LockSupport::parkNanos);

    @AfterEach
    void nothingIsLeft() throws InterruptedException {
        pool.close();
        for (Thread thread : threads) {
            thread.join(TimeUnit.SECONDS.toMillis(10));
            assertThat(thread.isAlive()).isFalse();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void everyTaskRunsThoughAllWaitForTheLast() {
        int count = 300;
        CountDownLatch all = new CountDownLatch(count);
        CountDownLatch through = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            pool.execute(() -> {
                all.countDown();
                await(all);
                through.countDown();
            });
        }
        await(through);
    }

    @Test
    void aTaskThatIsWaitedForByAllAtWorkRuns() {
        CountDownLatch done = new CountDownLatch(64);
        for (int i = 0; i < 64; i++) {
            pool.execute(() -> {
                CountDownLatch child = new CountDownLatch(1);
                pool.execute(child::countDown);
                await(child);
                done.countDown();
            });
        }
        await(done);
    }

    @Test
    void thoseThatComputeForLongKeepNoneFromItsTurn() {
        CountDownLatch turn = new CountDownLatch(1);
        for (int i = 0; i < 64; i++) {
            pool.execute(() -> {
                while (turn.getCount() > 0 && !Thread.currentThread().isInterrupted()) {
                    Thread.onSpinWait();
                }
            });
        }
        pool.execute(turn::countDown);
        await(turn);
    }

    @Test
    void shortTasksShareFewThreads() {
        int count = 20_000;
        CountDownLatch done = new CountDownLatch(count);
        AtomicInteger most = new AtomicInteger();
        for (int i = 0; i < count; i++) {
            pool.execute(() -> {
                most.accumulateAndGet(threads.size(), Math::max);
                done.countDown();
            });
        }
        await(done);
        assertThat(most).hasValueLessThan(count / 10);
    }

    @Test
    void tasksBeginInTheOrderInWhichTheyCame() {
        List<Integer> begun = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch done = new CountDownLatch(1);
        SerialExecutor serial = new SerialExecutor(pool);
        for (int i = 0; i < 1_000; i++) {
            int number = i;
            serial.execute(() -> begun.add(number));
        }
        serial.execute(done::countDown);
        await(done);
        assertThat(begun).hasSize(1_000).isSorted();
    }

    @Test
    void aTaskThatFailsOrIsInterruptedHarmsNoOther() {
        CountDownLatch done = new CountDownLatch(100);
        AtomicInteger interrupted = new AtomicInteger();
        for (int i = 0; i < 100; i++) {
            pool.execute(() -> {
                interrupted.addAndGet(Thread.currentThread().isInterrupted() ? 1 : 0);
                Thread.currentThread().interrupt();
                done.countDown();
                throw new IllegalStateException("on purpose");
            });
        }
        await(done);
        assertThat(interrupted).hasValue(0);
    }

    @Test
    void onceClosedItTakesNothingMore() {
        pool.close();
        assertThatThrownBy(() -> pool.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
    }
}
