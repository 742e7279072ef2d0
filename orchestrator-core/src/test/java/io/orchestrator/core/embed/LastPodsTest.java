package io.orchestrator.core.embed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LastPodsTest {
    private static final Duration MOMENT = Duration.ofMillis(5);

    @Test
    void asLongAsPodsGoOnGoingTheyAreWaitedFor() throws Exception {
        CompletableFuture<Void> end = new CompletableFuture<>();
        AtomicInteger left = new AtomicInteger(20);
        int stayed = LastPods.await(
                end,
                () -> {
                    int now = left.decrementAndGet();
                    if (now == 0) {
                        end.complete(null);
                    }
                    return now;
                },
                MOMENT);
        assertThat(stayed).isZero();
        assertThat(left).hasValue(0);
    }

    @Test
    void whenNoneGoesAnyMoreItIsGivenUp() throws Exception {
        AtomicInteger looks = new AtomicInteger();
        int stayed = LastPods.await(
                new CompletableFuture<>(),
                () -> {
                    looks.incrementAndGet();
                    return 3;
                },
                MOMENT);
        assertThat(stayed).isEqualTo(3);
        assertThat(looks).hasValue(2);
    }

    @Test
    void anEndThatFailsIsNotWaitedFor() throws Exception {
        assertThat(LastPods.await(
                        CompletableFuture.failedFuture(new IllegalStateException("no")), () -> 2, Duration.ofHours(1)))
                .isEqualTo(2);
    }
}
