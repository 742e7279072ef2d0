package io.orchestrator.core.registry.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.spi.store.StoreKey;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BacklogTest {
    private static final int BOUND = 8;

    private final ChangeRing ring = new ChangeRing(BOUND);

    /** Adds the change of this revision to the ring, and notes it for whom it concerns. */
    private void change(long revision, Backlog... concerned) {
        CachedChange change = new CachedChange(new StoreKey("/registry/pods/a"), revision, null, null);
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
    void whatCameBeforeTheWatcherIsLookedAtInFullAndFirst() {
        Backlog backlog = new Backlog(true);
        for (long revision = 3; revision < 7; revision++) {
            change(revision);
        }
        backlog.catchUp(ring, 3);
        change(7);
        change(8, backlog);
        assertThat(take(backlog, 2)).containsExactly(4L, 5L);
        assertThat(take(backlog, 9)).containsExactly(6L, 8L);
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
    void oneThatIsLostKeepsNothingAndStillHasThatToHear() {
        Backlog backlog = new Backlog(true);
        List<WeakReference<CachedChange>> noted = new ArrayList<>();
        for (long revision = 3; revision < 3 + 3 * BOUND; revision++) {
            CachedChange change = new CachedChange(new StoreKey("/registry/pods/a"), revision, null, null);
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
        Backlog backlog = new Backlog(true);
        change(3);
        backlog.catchUp(ring, 3);
        assertThat(backlog.isEmpty()).isTrue();
    }
}
