package io.orchestrator.core.registry.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BacklogTest {
    private static List<Long> take(Backlog backlog, int most, long next) {
        List<Long> taken = new ArrayList<>();
        backlog.take(most, next, taken::add);
        return taken;
    }

    @Test
    void whoeverMayBeConcernedByAnythingLooksAtAllFromTheFirstOn() {
        Backlog backlog = new Backlog(false);
        backlog.note(3, 0);
        backlog.note(5, 0);
        assertThat(take(backlog, 2, 7)).containsExactly(3L, 4L);
        assertThat(backlog.first()).isEqualTo(5);
        assertThat(take(backlog, 9, 7)).containsExactly(5L, 6L);
        assertThat(backlog.isEmpty()).isTrue();
    }

    @Test
    void whoeverIsSortedLooksAtWhatWasNotedForIt() {
        Backlog backlog = new Backlog(true);
        backlog.note(3, 0);
        backlog.note(500, 0);
        backlog.note(501, 0);
        assertThat(take(backlog, 2, 900)).containsExactly(3L, 500L);
        assertThat(take(backlog, 2, 900)).containsExactly(501L);
        assertThat(backlog.isEmpty()).isTrue();
    }

    @Test
    void whatCameBeforeTheWatcherIsLookedAtInFullAndFirst() {
        Backlog backlog = new Backlog(true);
        backlog.catchUp(4, 7);
        backlog.note(9, 0);
        assertThat(take(backlog, 2, 10)).containsExactly(4L, 5L);
        assertThat(take(backlog, 9, 10)).containsExactly(6L, 9L);
        assertThat(backlog.isEmpty()).isTrue();
    }

    @Test
    void oneWhoseFirstIsLostRemembersNoMore() {
        Backlog backlog = new Backlog(true);
        backlog.note(3, 0);
        backlog.note(8, 4);
        assertThat(backlog.first()).isEqualTo(3);
        assertThat(take(backlog, 9, 9)).containsExactly(3L);
    }

    @Test
    void nothingToCatchUpWithIsNothing() {
        Backlog backlog = new Backlog(true);
        backlog.catchUp(7, 7);
        assertThat(backlog.isEmpty()).isTrue();
    }
}
