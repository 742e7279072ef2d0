package io.orchestrator.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orchestrator.spi.runtime.RuntimeFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CallLineTest {
    private static final Duration LONG = Duration.ofHours(1);

    private final List<CompletableFuture<Integer>> begun = new ArrayList<>();

    private final AtomicLong now = new AtomicLong();

    private CallLine line(int most, Duration patience) {
        return new CallLine(most, patience, LONG, now::get);
    }

    private CompletableFuture<Integer> call() {
        CompletableFuture<Integer> call = new CompletableFuture<>();
        begun.add(call);
        return call;
    }

    @Test
    void onlySoManyAreUnderWayAndTheNextBeginsWhenOneEnds() {
        CallLine line = line(2, LONG);
        List<CompletableFuture<Integer>> answers =
                IntStream.range(0, 4).mapToObj(i -> line.take(this::call)).toList();
        assertThat(begun).hasSize(2);
        begun.get(1).complete(7);
        assertThat(answers.get(1)).isCompletedWithValue(7);
        assertThat(begun).hasSize(3);
        begun.get(0).completeExceptionally(new IllegalStateException("no"));
        assertThat(answers.get(0)).isCompletedExceptionally();
        assertThat(begun).hasSize(4);
        begun.get(3).complete(9);
        assertThat(answers.get(3)).as("in the order in which they came").isCompletedWithValue(9);
        assertThat(answers.get(2)).isNotDone();
    }

    @Test
    void oneThatHangsHoldsOthersUpForAWhileOnly() {
        CallLine line = line(1, Duration.ofMillis(20));
        CompletableFuture<Integer> hangs = line.take(CompletableFuture::new);
        CompletableFuture<Integer> next = line.take(() -> CompletableFuture.completedFuture(1));
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(next).isCompletedWithValue(1));
        assertThat(hangs).isNotDone();
    }

    @Test
    void oneThatEndsAfterItGaveItsPlaceAwayMakesNoSecondPlace() {
        CallLine line = line(1, Duration.ofMillis(20));
        CompletableFuture<Integer> late = new CompletableFuture<>();
        CompletableFuture<Integer> hangs = line.take(() -> late);
        AtomicInteger underWay = new AtomicInteger();
        CompletableFuture<Integer> second = line.take(() -> {
            underWay.incrementAndGet();
            return new CompletableFuture<>();
        });
        await().atMost(Duration.ofMinutes(1)).until(() -> underWay.get() == 1);
        late.complete(5);
        assertThat(hangs).isCompletedWithValue(5);
        assertThat(second).isNotDone();
    }

    @Test
    void oneThatCannotEvenBeBegunFailsAloneAndTheLineGoesOn() {
        CallLine line = line(1, LONG);
        CompletableFuture<Integer> never = line.take(() -> {
            throw new OutOfMemoryError("no thread is left");
        });
        assertThat(never).isCompletedExceptionally();
        assertThat(line.take(() -> CompletableFuture.completedFuture(1))).isCompletedWithValue(1);
        assertThat(line.take(() -> CompletableFuture.completedFuture(2))).isCompletedWithValue(2);
    }

    @Test
    void oneThatWaitedForLongerThanAnybodyWaitsForItIsNotBegun() {
        CallLine line = line(1, LONG);
        CompletableFuture<Integer> first = line.take(this::call);
        CompletableFuture<Integer> given = line.take(this::call);
        now.addAndGet(LONG.toNanos() + 1);
        CompletableFuture<Integer> fresh = line.take(this::call);
        begun.get(0).complete(1);
        assertThat(first).isCompletedWithValue(1);
        assertThat(given)
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(RuntimeFailure.class)
                .withMessageContaining("not begun");
        assertThat(begun).as("the fresh one is begun in its place").hasSize(2);
        begun.get(1).complete(2);
        assertThat(fresh).isCompletedWithValue(2);
    }

    @Test
    void manyThatFailAtOnceDoNotFillTheStack() {
        CallLine line = line(1, LONG);
        CompletableFuture<Integer> first = line.take(this::call);
        int many = 100_000;
        AtomicInteger failed = new AtomicInteger();
        for (int i = 0; i < many; i++) {
            line.take(() -> CompletableFuture.failedFuture(new IllegalStateException("closed")))
                    .whenComplete((value, error) -> failed.incrementAndGet());
        }
        begun.get(0).complete(0);
        assertThat(first).isCompleted();
        assertThat(failed).hasValue(many);
    }
}
