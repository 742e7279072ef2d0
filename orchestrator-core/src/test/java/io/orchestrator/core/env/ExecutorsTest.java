package io.orchestrator.core.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ExecutorsTest {
    private final Queue<Runnable> handed = new ArrayDeque<>();
    private final List<String> ran = new ArrayList<>();

    private void runAll() {
        while (!handed.isEmpty()) {
            handed.remove().run();
        }
    }

    @Test
    void aSerialExecutorRunsInOrderAndTakesOneThreadAtATime() {
        SerialExecutor serial = new SerialExecutor(handed::add);
        serial.execute(() -> {
            ran.add("a");
            serial.execute(() -> ran.add("c"));
        });
        serial.execute(() -> ran.add("b"));
        assertThat(handed).hasSize(1);
        runAll();
        assertThat(ran).containsExactly("a", "b", "c");
        assertThat(handed).isEmpty();
    }

    @Test
    void aFailedTaskStopsNoneOfTheOthers() {
        SerialExecutor serial = new SerialExecutor(handed::add);
        serial.execute(() -> {
            throw new IllegalStateException("on purpose");
        });
        serial.execute(() -> ran.add("b"));
        runAll();
        assertThat(ran).containsExactly("b");
    }

    @Test
    void aSerialExecutorOutlivesATaskThatEndsItsThreadAndAThreadThatCouldNotBeHad() {
        AtomicBoolean none = new AtomicBoolean();
        SerialExecutor serial = new SerialExecutor(task -> {
            if (none.get()) {
                throw new OutOfMemoryError("on purpose");
            }
            handed.add(task);
        });
        serial.execute(() -> {
            throw new StackOverflowError("on purpose");
        });
        serial.execute(() -> ran.add("b"));
        assertThatThrownBy(() -> handed.remove().run()).isInstanceOf(StackOverflowError.class);
        runAll();
        assertThat(ran).containsExactly("b");
        none.set(true);
        assertThatThrownBy(() -> serial.execute(() -> ran.add("c"))).isInstanceOf(OutOfMemoryError.class);
        none.set(false);
        serial.execute(() -> ran.add("d"));
        runAll();
        assertThat(ran).containsExactly("b", "c", "d");
    }

    @Test
    void aBoundedExecutorAsksForAThreadWhenTheLastOneFindsMoreThanItsOwnTask() {
        BoundedExecutor bounded = new BoundedExecutor(handed::add, 2);
        for (String name : List.of("a", "b", "c", "d")) {
            bounded.execute(() -> ran.add(name));
        }
        assertThat(handed).hasSize(1);
        bounded.execute(() -> assertThat(handed).hasSize(1));
        handed.remove().run();
        assertThat(ran).containsExactly("a", "b", "c", "d");
        runAll();
        bounded.execute(() -> ran.add("e"));
        assertThat(handed).hasSize(1);
        runAll();
        assertThat(ran).endsWith("e");
    }

    @Test
    void aBoundedExecutorHasAsManyThreadsAsItMayWhereTasksBlockAndKeepsTheRestInLine() throws InterruptedException {
        CountDownLatch blocked = new CountDownLatch(3);
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(20);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (SystemEnvironment system = new SystemEnvironment("executors-test")) {
            BoundedExecutor bounded = new BoundedExecutor(system.environment().executor(), 3);
            for (int i = 0; i < 20; i++) {
                bounded.execute(() -> {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    blocked.countDown();
                    awaitQuietly(release);
                    inside.decrementAndGet();
                    done.countDown();
                });
            }
            assertThat(blocked.await(60, TimeUnit.SECONDS)).isTrue();
            release.countDown();
            assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(most).hasValue(3);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void afterManyTasksABoundedExecutorGivesTheThreadBackAndGoesOn() {
        BoundedExecutor bounded = new BoundedExecutor(handed::add, 1);
        for (int i = 0; i < 100; i++) {
            bounded.execute(() -> ran.add("."));
        }
        handed.remove().run();
        assertThat(ran).hasSizeLessThan(100);
        runAll();
        assertThat(ran).hasSize(100);
    }

    @Test
    void aBoundedExecutorOutlivesAThreadThatCouldNotBeHad() {
        AtomicBoolean none = new AtomicBoolean(true);
        BoundedExecutor bounded = new BoundedExecutor(
                task -> {
                    if (none.get()) {
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                    handed.add(task);
                },
                1);
        assertThatThrownBy(() -> bounded.execute(() -> ran.add("refused"))).isInstanceOf(OutOfMemoryError.class);
        none.set(false);
        bounded.execute(() -> {
            none.set(true);
            ran.add("a");
        });
        for (int i = 0; i < 40; i++) {
            bounded.execute(() -> ran.add("."));
        }
        runAll();
        assertThat(ran).as("by the one thread that there is").hasSize(41).startsWith("a", ".");
        none.set(false);
        bounded.execute(() -> ran.add("z"));
        runAll();
        assertThat(ran).endsWith("z");
    }

    @Test
    void aTaskThatWaitsForTheThreadsThatAreThereIsAccepted() {
        AtomicBoolean none = new AtomicBoolean();
        BoundedExecutor bounded = new BoundedExecutor(
                task -> {
                    if (none.get()) {
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                    handed.add(task);
                },
                2);
        bounded.execute(() -> {
            none.set(true);
            bounded.execute(() -> ran.add("b"));
            ran.add("a");
        });
        runAll();
        assertThat(ran).containsExactly("a", "b");
    }

    @Test
    void aTaskThatEndsItsThreadLeavesItsPlaceToAnother() {
        BoundedExecutor bounded = new BoundedExecutor(handed::add, 1);
        bounded.execute(() -> {
            throw new AssertionError("on purpose");
        });
        bounded.execute(() -> ran.add("b"));
        Runnable ends = handed.remove();
        assertThatThrownBy(ends::run).isInstanceOf(AssertionError.class);
        runAll();
        assertThat(ran).containsExactly("b");
    }

    @Test
    void underLoadFromManyThreadsNothingIsLostAndSerialTasksNeverOverlap() throws InterruptedException {
        int threads = 4;
        int each = 5_000;
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger overlaps = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(2 * threads * each);
        try (SystemEnvironment system = new SystemEnvironment("executors-test")) {
            SerialExecutor serial = new SerialExecutor(system.environment().executor());
            BoundedExecutor bounded = new BoundedExecutor(system.environment().executor(), 3);
            for (int t = 0; t < threads; t++) {
                system.environment().executor().execute(() -> {
                    for (int i = 0; i < each; i++) {
                        serial.execute(() -> {
                            if (inside.incrementAndGet() > 1) {
                                overlaps.incrementAndGet();
                            }
                            inside.decrementAndGet();
                            done.countDown();
                        });
                        bounded.execute(done::countDown);
                    }
                });
            }
            assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(overlaps).hasValue(0);
    }
}
