package io.orchestrator.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchestrator.spi.store.Expect;
import io.orchestrator.spi.store.StoreException;
import io.orchestrator.spi.store.StoreKey;
import io.orchestrator.spi.store.StoreValue;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What writers that give up and whoever commits do to each other, one step after the other. */
@Timeout(120)
class CommitQueueTest {
    private static final String SILENT = "the disk has not answered";

    private final CommitQueue queue = new CommitQueue(new MemoryStore(Runnable::run));

    private CommitQueue.Place take(String name) {
        StoreKey key = StoreKey.of("things", name);
        byte[] bytes = {1};
        return queue.take(
                key,
                Expect.anything(),
                (revision, current) -> QueuedWrite.put(key, StoreValue.of(bytes), bytes, revision, current));
    }

    private QueuedWrite queued(String name) {
        return Objects.requireNonNull(take(name).write());
    }

    @Test
    void whoGivesUpBetweenACommitAndItsEndStopsNobodyLater() {
        queued("a");
        queue.next();
        QueuedWrite behind = queued("b");
        queue.settled();
        assertThat(queue.stall(behind, SILENT)).isEmpty();
        assertThatThrownBy(behind::outcome).hasMessage(SILENT);
        assertThatThrownBy(() -> queued("meanwhile")).hasMessage(SILENT);

        assertThat(queue.release(true)).isFalse();
        assertThat(queue.stalled()).isEmpty();
        assertThat(take("c").first()).isTrue();
    }

    @Test
    void whatLiesOnTheDiskIsSettledForWhoeverGivesUpOnIt() {
        QueuedWrite write = queued("a");
        queue.next();
        queue.settled();
        assertThat(queue.stall(write, SILENT)).isEmpty();
        write.outcome();
        assertThat(queue.stalled()).isEmpty();
    }

    @Test
    void whatFailedHasItsReasonForWhoeverGivesUpOnIt() {
        QueuedWrite write = queued("a");
        queue.next();
        QueuedWrite behind = queued("b");
        queue.abandon(new StoreException.Unavailable("no room", null));
        assertThat(queue.stall(write, SILENT)).isEmpty();
        assertThat(queue.stall(behind, SILENT)).isEmpty();
        assertThatThrownBy(write::outcome).hasMessage("no room");
        assertThatThrownBy(behind::outcome)
                .isInstanceOfSatisfying(
                        StoreException.Unavailable.class,
                        e -> assertThat(e.isUnwritten()).isTrue());
        assertThatThrownBy(write::outcome)
                .isInstanceOfSatisfying(
                        StoreException.Unavailable.class,
                        e -> assertThat(e.isUnwritten()).isFalse());
        assertThat(queue.stalled()).isEmpty();
    }

    @Test
    void whatIsUnderWayIsNotKnownAndNothingQueuesUpUntilItIs() {
        QueuedWrite write = queued("a");
        queue.next();
        assertThat(queue.stall(write, SILENT))
                .hasValueSatisfying(unknown -> assertThat(unknown).hasMessageContaining("not known"));
        assertThatThrownBy(() -> queued("b")).hasMessage(SILENT);
        queue.settled();
        assertThat(take("b").first()).isFalse();
        assertThat(queue.release(true)).isTrue();
    }

    @Test
    void whoIsCalledAndGivesUpLeavesThePlaceToTheNext() {
        queued("a");
        queue.next();
        QueuedWrite called = queued("b");
        queue.settled();
        assertThat(queue.release(false)).isFalse();
        assertThat(called.awaitTurn(TimeUnit.SECONDS.toNanos(10))).isPositive();

        assertThat(queue.stall(called, SILENT)).isEmpty();
        assertThat(queue.claim(called)).isFalse();
        assertThat(queue.stalled()).isEmpty();
        assertThat(take("c").first()).isTrue();
    }

    @Test
    void whoQueuesUpWhileACommitFailsIsCalledToTheNext() {
        queued("a");
        queue.next();
        queue.abandon(new StoreException.Unavailable("failed", null));
        CommitQueue.Place meanwhile = take("b");
        assertThat(meanwhile.first()).isFalse();
        assertThat(queue.release(false)).isFalse();
        QueuedWrite write = Objects.requireNonNull(meanwhile.write());
        assertThat(write.awaitTurn(TimeUnit.SECONDS.toNanos(10))).isPositive();
        assertThat(queue.claim(write)).isTrue();
    }

    @Test
    void whoWasToCommitAndGoesAwayCallsTheNext() {
        assertThat(take("a").first()).isTrue();
        QueuedWrite first = queued("b");
        queue.next();
        queue.settled();
        QueuedWrite next = queued("c");
        queue.forgo();
        assertThat(queue.claim(first)).isFalse();
        assertThat(queue.claim(next)).isTrue();
    }

    @Test
    void aCallIsAnsweredOnce() {
        queued("a");
        queue.next();
        QueuedWrite called = queued("b");
        queue.settled();
        queue.release(false);
        assertThat(queue.claim(called)).isTrue();
        assertThat(called.awaitTurn(1)).isNotPositive();
        assertThat(queue.claim(called)).isFalse();
    }

    @Test
    void itIsIdleOnceNobodyCommits() {
        assertThat(queue.awaitIdle(1)).isPositive();
        queued("a");
        assertThat(queue.awaitIdle(1)).isNotPositive();
        queue.next();
        queue.settled();
        assertThat(queue.awaitIdle(1)).isNotPositive();
        queue.release(true);
        assertThat(queue.awaitIdle(1)).isPositive();
    }
}
