package io.orchestrator.core.registry.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.orchestrator.api.meta.Quantity;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class QuotaAccountTest {
    private static final Map<String, Quantity> ONE_POD = Map.of("pods", Quantity.parse("1"));

    @Test
    void whateverKeepsTheBookFromBeingWrittenIsToldToAllThatWaitForIt() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch second = new CountDownLatch(1);
        QuotaAccount account = new QuotaAccount(change -> {
            first.countDown();
            awaitQuietly(second);
            throw new OutOfMemoryError("no more of it");
        });
        CompletableFuture<Throwable> writer =
                CompletableFuture.supplyAsync(() -> catchThrowable(() -> account.charge(ONE_POD)));
        assertThat(first.await(20, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Throwable> waiting =
                CompletableFuture.supplyAsync(() -> catchThrowable(() -> account.charge(ONE_POD)));
        second.countDown();
        assertThat(writer.get(20, TimeUnit.SECONDS)).hasRootCauseInstanceOf(OutOfMemoryError.class);
        assertThat(waiting.get(20, TimeUnit.SECONDS)).hasRootCauseInstanceOf(OutOfMemoryError.class);
        assertThatThrownBy(() -> account.giveBack(ONE_POD)).hasRootCauseInstanceOf(OutOfMemoryError.class);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
