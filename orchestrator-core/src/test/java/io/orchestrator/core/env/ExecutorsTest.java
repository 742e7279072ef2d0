package io.orchestrator.core.env;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
    void aBoundedExecutorKeepsTheRestInLine() {
        BoundedExecutor bounded = new BoundedExecutor(handed::add, 2);
        for (String name : List.of("a", "b", "c", "d")) {
            bounded.execute(() -> ran.add(name));
        }
        assertThat(handed).hasSize(2);
        handed.remove().run();
        assertThat(handed).hasSize(2);
        runAll();
        assertThat(ran).containsExactlyInAnyOrder("a", "b", "c", "d");
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
            assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(overlaps).hasValue(0);
    }
}
