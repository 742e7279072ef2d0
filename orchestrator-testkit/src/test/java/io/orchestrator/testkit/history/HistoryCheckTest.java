package io.orchestrator.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.spi.store.Change;
import io.orchestrator.spi.store.Entry;
import io.orchestrator.spi.store.Expect;
import io.orchestrator.spi.store.StoreKey;
import io.orchestrator.spi.store.StoreValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A check that finds nothing wrong is worth as much as what it does find. */
class HistoryCheckTest {
    private static final StoreKey A = new StoreKey("/h/a");
    private static final StoreKey B = new StoreKey("/h/b");
    private static final StoreKey ALL = new StoreKey("/h/");

    private final List<Change> changes = new ArrayList<>();
    private final StoreHistory history = new StoreHistory(ALL);

    @Test
    void callsOneAfterTheOtherWithTheRightAnswersAreInOrder() {
        answer(put(A, "one", Expect.absent()), written(A, "one", 5, 5));
        answer(put(A, "two", Expect.absent()), new Outcome.Conflicted(new Seen("one", 5, 5)));
        answer(put(B, "three", Expect.anything().whileStands(A, 5)), written(B, "three", 6, 6));
        answer(put(B, "four", Expect.anything().whileStands(A, 4)), new Outcome.Fenced());
        answer(new StoreCall.ListAll(), listed(6, Map.of(A, new Seen("one", 5, 5), B, new Seen("three", 6, 6))));
        answer(new StoreCall.Delete(A, Expect.atRevision(5)), removed(A, new Seen("one", 5, 5), 9));
        answer(new StoreCall.Delete(A, Expect.anything()), new Outcome.NothingThere());
        answer(new StoreCall.Get(A), new Outcome.Found(null));
        answer(new StoreCall.Revision(), new Outcome.Reached(9));
        assertThat(violations()).isEmpty();
    }

    @Test
    void aReadThatBeganAfterAWriteEndedMustSeeIt() {
        answer(put(A, "one", Expect.anything()), written(A, "one", 5, 5));
        answer(put(A, "two", Expect.anything()), written(A, "two", 5, 6));
        answer(new StoreCall.Get(A), new Outcome.Found(new Seen("one", 5, 5)));
        assertThat(violations()).singleElement().asString().contains("Get", "fits nowhere");
    }

    @Test
    void aReadWhileAWriteIsUnderWayMaySeeEitherButTheNextOneMayNotGoBack() {
        answer(put(A, "one", Expect.anything()), written(A, "one", 5, 5));
        long write = history.begin(1, put(A, "two", Expect.anything()));
        answer(new StoreCall.Get(A), new Outcome.Found(new Seen("one", 5, 5)));
        answer(new StoreCall.Get(A), new Outcome.Found(new Seen("two", 5, 6)));
        history.end(write, written(A, "two", 5, 6));
        assertThat(violations()).isEmpty();
        answer(new StoreCall.Get(A), new Outcome.Found(new Seen("one", 5, 5)));
        assertThat(violations()).hasSize(1);
    }

    @Test
    void twoReadersMayNotSeeTwoWritesInDifferentOrders() {
        long first = history.begin(1, put(A, "one", Expect.anything()));
        long second = history.begin(2, put(B, "two", Expect.anything()));
        answer(new StoreCall.Get(A), new Outcome.Found(new Seen("one", 5, 5)));
        answer(new StoreCall.Get(B), new Outcome.Found(null));
        answer(new StoreCall.Get(B), new Outcome.Found(new Seen("two", 6, 6)));
        history.end(first, written(A, "one", 5, 5));
        history.end(second, written(B, "two", 6, 6));
        assertThat(violations()).isEmpty();
        answer(new StoreCall.Get(A), new Outcome.Found(null));
        assertThat(violations()).hasSize(1);
    }

    @Test
    void writesHaveRevisionsInTheOrderInWhichTheyEnded() {
        answer(put(A, "one", Expect.anything()), seen("one", 6, 6));
        answer(put(B, "two", Expect.anything()), seen("two", 5, 5));
        change(put(B, "two", 5, 5));
        change(put(A, "one", 6, 6));
        assertThat(violations()).hasSize(1);
    }

    @Test
    void anAcknowledgedWriteIsInTheWatch() {
        answer(put(A, "one", Expect.anything()), seen("one", 5, 5));
        assertThat(violations()).singleElement().asString().startsWith("acknowledged");
    }

    @Test
    void whatTheWatchShowsWasAskedFor() {
        change(put(A, "one", 5, 5));
        assertThat(violations()).singleElement().asString().startsWith("nobody asked");
    }

    @Test
    void aWriteThatWasRefusedIsNotInTheWatch() {
        answer(put(A, "one", Expect.anything()), new Outcome.NotDone());
        change(put(A, "one", 5, 5));
        assertThat(violations()).anyMatch(v -> v.startsWith("refused"));
    }

    @Test
    void aWriteWithoutAnAnswerMayHaveHappenedLaterOrNever() {
        answer(put(A, "one", Expect.anything()), new Outcome.Unknown());
        answer(put(A, "never", Expect.anything()), new Outcome.Unknown());
        answer(new StoreCall.Delete(A, Expect.anything()), new Outcome.Unknown());
        answer(new StoreCall.Get(A), new Outcome.Found(null));
        change(put(A, "one", 5, 5));
        answer(new StoreCall.Get(A), new Outcome.Found(new Seen("one", 5, 5)));
        change(new Change.Removed(A, 7, null));
        answer(new StoreCall.Get(A), new Outcome.Found(null));
        assertThat(violations()).isEmpty();
        answer(new StoreCall.Get(A), new Outcome.Found(new Seen("never", 8, 8)));
        assertThat(violations()).hasSize(1);
    }

    @Test
    void aWriteWithoutAnAnswerHappensOnceAtMost() {
        answer(put(A, "one", Expect.anything()), new Outcome.Unknown());
        change(put(A, "one", 5, 5));
        change(put(A, "one", 5, 6));
        assertThat(violations()).singleElement().asString().startsWith("nobody asked");
    }

    @Test
    void aWriteHappensOnlyWhereItsExpectationHolds() {
        answer(put(A, "one", Expect.anything()), written(A, "one", 5, 5));
        answer(put(A, "two", Expect.absent()), written(A, "two", 5, 6));
        assertThat(violations()).singleElement().asString().contains("two");
    }

    @Test
    void aConflictThatWasNoneIsFound() {
        answer(put(A, "one", Expect.anything()), written(A, "one", 5, 5));
        answer(put(A, "two", Expect.atRevision(5)), new Outcome.Conflicted(new Seen("one", 5, 5)));
        assertThat(violations()).hasSize(1);
    }

    @Test
    void aWriteTiedToWhatIsGoneIsNotDone() {
        answer(put(A, "guard", Expect.anything()), written(A, "guard", 5, 5));
        answer(new StoreCall.Delete(A, Expect.anything()), removed(A, new Seen("guard", 5, 5), 6));
        answer(put(B, "late", Expect.anything().whileStands(A, 5)), written(B, "late", 7, 7));
        assertThat(violations()).hasSize(1);
    }

    @Test
    void aListIsOfOneRevision() {
        answer(put(A, "one", Expect.anything()), written(A, "one", 5, 5));
        answer(put(B, "two", Expect.anything()), written(B, "two", 6, 6));
        answer(put(A, "three", Expect.anything()), written(A, "three", 5, 7));
        answer(new StoreCall.ListAll(), listed(7, Map.of(A, new Seen("one", 5, 5), B, new Seen("two", 6, 6))));
        assertThat(violations()).hasSize(1);
    }

    @Test
    void revisionsOfReadersNeverFall() {
        answer(new StoreCall.Revision(), new Outcome.Reached(9));
        answer(new StoreCall.ListAll(), listed(8, Map.of()));
        assertThat(violations()).singleElement().asString().contains("older revision");
    }

    @Test
    void aWatchThatLeftOutDoubledOrChangedSomethingIsFound() {
        change(put(A, "one", 5, 5));
        change(put(B, "two", 6, 6));
        change(put(A, "three", 5, 7));
        HistoryCheck check = new HistoryCheck(changes);
        assertThat(check.violations(ALL, 5, 7, changes.subList(1, 3))).isEmpty();
        assertThat(check.violations(ALL, 0, 6, changes)).isEmpty();
        assertThat(check.violations(A, 0, 7, List.of(changes.get(0), changes.get(2))))
                .isEmpty();
        assertThat(check.violations(ALL, 0, 7, List.of(changes.get(0), changes.get(2))))
                .hasSize(1);
        assertThat(check.violations(ALL, 0, 7, changes.subList(0, 2))).hasSize(1);
        assertThat(check.violations(A, 0, 7, List.of(changes.get(0), put(A, "other", 5, 7))))
                .hasSize(1);
        assertThat(check.violations(ALL, 6, 7, changes)).hasSize(1);
    }

    @Test
    void aWatchThatContradictsItselfIsFound() {
        change(put(A, "one", 4, 5));
        change(new Change.Removed(B, 5, null));
        assertThat(new HistoryCheck(changes).violations(List.of()))
                .anyMatch(v -> v.contains("created at 4"))
                .anyMatch(v -> v.contains("where stood null"))
                .anyMatch(v -> v.contains("behind"));
    }

    private List<String> violations() {
        return new HistoryCheck(changes).violations(history.operations());
    }

    private void answer(StoreCall call, Outcome outcome) {
        history.end(history.begin(0, call), outcome);
    }

    /** A put that was done, as both the client and the watch have it. */
    private Outcome written(StoreKey key, String value, long created, long revision) {
        change(put(key, value, created, revision));
        return seen(value, created, revision);
    }

    private Outcome removed(StoreKey key, Seen previous, long revision) {
        change(new Change.Removed(key, revision, null));
        return new Outcome.Removed(previous, revision);
    }

    private void change(Change change) {
        changes.add(change);
    }

    private static Outcome seen(String value, long created, long revision) {
        return new Outcome.Written(new Seen(value, created, revision));
    }

    private static StoreCall put(StoreKey key, String value, Expect expect) {
        return new StoreCall.Put(key, value, expect);
    }

    private static Change put(StoreKey key, String value, long created, long revision) {
        return new Change.Put(new Entry(key, StoreValue.of(value.getBytes(StandardCharsets.UTF_8)), created, revision));
    }

    private static Outcome listed(long revision, Map<StoreKey, Seen> entries) {
        return new Outcome.Listed(revision, entries);
    }
}
