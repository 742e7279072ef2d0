package io.orchestrator.core.registry.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.spi.store.StoreKey;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BacklogTest {
    private static final int BOUND = 8;

    private final ChangeRing ring = new ChangeRing(BOUND, BOUND, change -> {});
    private final TriggerIndex index = new TriggerIndex(object -> "");

    private static CachedChange change(long revision, String value) {
        return new CachedChange(new StoreKey("/registry/pods/a"), revision, null, null, value, "", 0);
    }

    /** Adds the change of this revision to the ring, and notes it for whom it concerns. */
    private void change(long revision, Backlog... concerned) {
        CachedChange change = change(revision, "");
        long position = ring.add(change);
        for (Backlog backlog : concerned) {
            backlog.note(change, position, BOUND);
        }
    }

    private List<Long> take(Backlog backlog, int most) {
        List<CachedChange> taken = new ArrayList<>();
        backlog.take(most, ring, taken);
        return taken.stream().map(CachedChange::revision).toList();
    }

    @Test
    void whoeverMayBeConcernedByAnythingLooksAtAllFromTheFirstOn() {
        Backlog backlog = new Backlog(false);
        change(3, backlog);
        change(4);
        change(5, backlog);
        assertThat(take(backlog, 2)).containsExactly(3L, 4L);
        assertThat(take(backlog, 9)).containsExactly(5L);
        assertThat(backlog.isEmpty()).isTrue();
    }

    @Test
    void whoeverIsSortedLooksAtWhatWasNotedForIt() {
        Backlog backlog = new Backlog(true);
        change(3, backlog);
        change(4);
        change(5, backlog);
        change(6, backlog);
        assertThat(take(backlog, 2)).containsExactly(3L, 5L);
        assertThat(take(backlog, 2)).containsExactly(6L);
        assertThat(backlog.isEmpty()).isTrue();
    }

    @Test
    void whatCameBeforeTheWatcherIsLookedAtFirst() {
        Backlog backlog = new Backlog(false);
        for (long revision = 3; revision < 7; revision++) {
            change(revision);
        }
        backlog.catchUp(ring, index, "", 3);
        change(7);
        change(8, backlog);
        assertThat(take(backlog, 2)).containsExactly(4L, 5L);
        assertThat(take(backlog, 9)).containsExactly(6L, 7L, 8L);
        assertThat(backlog.isEmpty()).isTrue();
    }

    @Test
    void oneThatIsSortedCatchesUpWithItsOwnAlone() {
        Backlog backlog = new Backlog(true);
        for (long revision = 3; revision < 9; revision++) {
            CachedChange change = change(revision, revision % 2 == 0 ? "n1" : "n2");
            ring.add(change);
            index.add(change);
        }
        backlog.catchUp(ring, index, "n1", 4);
        change(9);
        change(10, backlog);
        assertThat(take(backlog, 2)).containsExactly(6L, 8L);
        assertThat(take(backlog, 9)).containsExactly(10L);
        assertThat(backlog.isEmpty()).isTrue();
    }

    @Test
    void whateverOthersDoToTheRingLosesNoneThatIsSorted() {
        Backlog sorted = new Backlog(true);
        Backlog all = new Backlog(false);
        change(3, sorted, all);
        for (long revision = 4; revision < 4 + 2 * BOUND; revision++) {
            change(revision, all);
        }
        assertThat(all.isLost(ring)).isTrue();
        assertThat(sorted.isLost(ring)).isFalse();
        assertThat(take(sorted, 9)).containsExactly(3L);
    }

    @Test
    void oneThatIsSortedIsLostWithMoreOfItsOwnThanTheRingHolds() {
        Backlog backlog = new Backlog(true);
        for (long revision = 3; revision < 3 + BOUND; revision++) {
            change(revision, backlog);
        }
        assertThat(backlog.isLost(ring)).isFalse();
        change(100, backlog);
        assertThat(backlog.isLost(ring)).isTrue();
    }

    @Test
    void oneThatCatchesUpWithMoreThanOthersMayHaveWaitingIsNotLostWithTheNextChange() {
        Backlog backlog = new Backlog(true);
        for (long revision = 3; revision < 3 + 2 * BOUND; revision++) {
            index.add(change(revision, "n1"));
        }
        backlog.catchUp(ring, index, "n1", 2);
        change(50, backlog);
        assertThat(backlog.isLost(ring)).isFalse();
        assertThat(take(backlog, 3 * BOUND)).hasSize(2 * BOUND + 1).endsWith(50L);
    }

    @Test
    void whatWasCaughtUpWithGivesNoRoomOnceItIsLookedAt() {
        Backlog backlog = new Backlog(true);
        for (long revision = 3; revision < 3 + BOUND; revision++) {
            index.add(change(revision, "n1"));
        }
        backlog.catchUp(ring, index, "n1", 2);
        assertThat(take(backlog, BOUND)).hasSize(BOUND);
        for (long revision = 50; revision < 50 + BOUND; revision++) {
            change(revision, backlog);
        }
        assertThat(backlog.isLost(ring)).isFalse();
        change(100, backlog);
        assertThat(backlog.isLost(ring)).isTrue();
    }

    @Test
    void oneThatIsLostKeepsNothingAndStillHasThatToHear() {
        Backlog backlog = new Backlog(true);
        List<WeakReference<CachedChange>> noted = new ArrayList<>();
        for (long revision = 3; revision < 3 + 3 * BOUND; revision++) {
            CachedChange change = change(revision, "");
            noted.add(new WeakReference<>(change));
            backlog.note(change, revision, BOUND);
        }
        for (int i = 0; i < 50 && noted.stream().anyMatch(change -> change.get() != null); i++) {
            System.gc();
        }
        assertThat(noted).allMatch(change -> change.get() == null);
        assertThat(backlog.isEmpty()).isFalse();
        assertThat(backlog.isLost(ring)).isTrue();
    }

    @Test
    void nothingToCatchUpWithIsNothing() {
        Backlog backlog = new Backlog(false);
        change(3);
        backlog.catchUp(ring, index, "", 3);
        assertThat(backlog.isEmpty()).isTrue();
    }
}
