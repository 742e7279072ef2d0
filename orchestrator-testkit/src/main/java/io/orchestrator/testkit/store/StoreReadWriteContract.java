package io.orchestrator.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.orchestrator.spi.store.Entry;
import io.orchestrator.spi.store.Expect;
import io.orchestrator.spi.store.ListQuery;
import io.orchestrator.spi.store.Listing;
import io.orchestrator.spi.store.Removal;
import io.orchestrator.spi.store.StoreException;
import io.orchestrator.spi.store.StoreKey;
import io.orchestrator.spi.store.StoreValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The half of the contract that is about writing, reading and listing. */
abstract class StoreReadWriteContract extends StoreFixture {

    @Test
    void aNewStoreIsEmptyAndStandsAtARevisionOfAtLeastOne() {
        assertThat(store.revision()).isPositive();
        Listing listing = store.list(new StoreKey("/"), ListQuery.all());
        assertThat(listing.entries()).isEmpty();
        assertThat(listing.more()).isFalse();
        assertThat(listing.remaining()).isZero();
        assertThat(listing.revision()).isPositive();
    }

    @Test
    void whatIsPutIsReadBack() {
        long before = store.revision();
        StoreValue given = value("one");
        Entry written = store.put(thing("a"), given, Expect.absent());

        assertThat(written.value()).isSameAs(given);
        assertThat(written.revision()).isGreaterThan(before);
        assertThat(written.createRevision()).isEqualTo(written.revision());
        Entry read = store.get(thing("a")).orElseThrow();
        assertThat(describe(read)).isEqualTo(describe(written));
        assertThat(store.revision()).isGreaterThanOrEqualTo(written.revision());
        assertThat(store.get(thing("b"))).isEmpty();
    }

    @Test
    void anUpdateKeepsTheCreateRevision() {
        Entry first = write(thing("a"), "one");
        Entry second = store.put(thing("a"), value("two"), Expect.atRevision(first.revision()));
        Entry third = store.put(thing("a"), value("three"), Expect.anything());

        assertThat(second.createRevision()).isEqualTo(first.revision());
        assertThat(third.createRevision()).isEqualTo(first.revision());
        assertThat(second.revision()).isGreaterThan(first.revision());
        assertThat(third.revision()).isGreaterThan(second.revision());
        assertThat(text(store.get(thing("a")).orElseThrow())).isEqualTo("three");
    }

    @Test
    void aPutWhoseExpectationFailsSaysWhatStandsThereAndChangesNothing() {
        Entry stands = write(thing("a"), "one");
        long before = store.revision();

        assertConflict(() -> store.put(thing("a"), value("two"), Expect.absent()), stands);
        assertConflict(() -> store.put(thing("a"), value("two"), Expect.atRevision(stands.revision() + 1)), stands);
        assertConflict(() -> store.put(thing("a"), value("two"), Expect.atRevision(stands.revision() - 1)), stands);
        assertConflict(() -> store.put(thing("b"), value("two"), Expect.atRevision(stands.revision())), null);

        assertThat(store.revision()).isEqualTo(before);
        assertThat(describe(store.get(thing("a")).orElseThrow())).isEqualTo(describe(stands));
        assertThat(store.get(thing("b"))).isEmpty();
    }

    @Test
    void aWriteThatIsTiedToAnotherKeyHappensOnlyWhileThatOneStands() {
        Entry guard = write(thing("guard"), "one");
        Expect tied = Expect.absent().whileStands(thing("guard"), guard.createRevision());
        store.put(thing("a"), value("one"), tied);
        write(thing("guard"), "two");
        Entry second = store.put(
                thing("a"), value("two"), Expect.anything().whileStands(thing("guard"), guard.createRevision()));

        assertConflict(() -> store.put(thing("a"), value("three"), tied), second);
        store.delete(thing("guard"), Expect.anything());
        long before = store.revision();
        Expect fenced = Expect.atRevision(second.revision()).whileStands(thing("guard"), guard.createRevision());
        assertThatThrownBy(() -> store.put(thing("a"), value("three"), fenced))
                .isInstanceOf(StoreException.Fenced.class);
        assertThatThrownBy(() -> store.delete(thing("a"), fenced)).isInstanceOf(StoreException.Fenced.class);
        assertThat(store.revision()).isEqualTo(before);

        Entry other = write(thing("guard"), "three");
        assertThatThrownBy(() -> store.put(thing("b"), value("one"), tied))
                .as("another one of that key is not the one")
                .isInstanceOf(StoreException.Fenced.class);
        store.delete(thing("a"), Expect.anything().whileStands(thing("guard"), other.createRevision()));
        assertThat(store.get(thing("a"))).isEmpty();
    }

    @Test
    void aDeleteReturnsWhatStoodThereAndTakesARevisionOfItsOwn() {
        write(thing("a"), "one");
        Entry second = write(thing("a"), "two");
        Removal removal =
                store.delete(thing("a"), Expect.atRevision(second.revision())).orElseThrow();

        assertThat(describe(removal.previous())).isEqualTo(describe(second));
        assertThat(removal.revision()).isGreaterThan(second.revision());
        assertThat(store.get(thing("a"))).isEmpty();
        assertThat(store.revision()).isGreaterThanOrEqualTo(removal.revision());
    }

    @Test
    void aDeleteWhoseExpectationFailsSaysWhatStandsThereAndChangesNothing() {
        Entry stands = write(thing("a"), "one");
        long before = store.revision();

        assertConflict(() -> store.delete(thing("a"), Expect.absent()), stands);
        assertConflict(() -> store.delete(thing("a"), Expect.atRevision(stands.revision() - 1)), stands);
        assertConflict(() -> store.delete(thing("b"), Expect.atRevision(stands.revision())), null);
        assertThat(store.delete(thing("b"), Expect.anything())).isEmpty();
        assertThat(store.delete(thing("b"), Expect.absent())).isEmpty();

        assertThat(store.revision()).isEqualTo(before);
        assertThat(store.get(thing("a"))).isPresent();
    }

    @Test
    void aKeyThatIsCreatedAgainHasANewCreateRevision() {
        Entry first = write(thing("a"), "one");
        Removal removal = store.delete(thing("a"), Expect.anything()).orElseThrow();
        Entry again = store.put(thing("a"), value("two"), Expect.absent());

        assertThat(again.createRevision()).isEqualTo(again.revision()).isGreaterThan(removal.revision());
        assertConflict(() -> store.put(thing("a"), value("x"), Expect.atRevision(first.revision())), again);
    }

    @Test
    void emptyValuesAndValuesOfAMegabyteAreKept() {
        byte[] large = new byte[1 << 20];
        large[large.length - 1] = 7;
        store.put(thing("empty"), StoreValue.of(new byte[0]), Expect.absent());
        store.put(thing("large"), StoreValue.of(large), Expect.absent());

        assertThat(store.get(thing("empty")).orElseThrow().value().bytes()).isEmpty();
        assertThat(store.get(thing("large")).orElseThrow().value().bytes()).isEqualTo(large);
    }

    @Test
    void ofManyConcurrentCreatorsOneWins() throws Exception {
        for (int round = 0; round < 10; round++) {
            StoreKey key = thing("round-" + round);
            List<Future<Boolean>> attempts = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                attempts.add(inBackground(() -> succeeds(() -> store.put(key, value("x"), Expect.absent()))));
            }
            int winners = 0;
            for (Future<Boolean> attempt : attempts) {
                winners += result(attempt) ? 1 : 0;
            }
            assertThat(winners).isEqualTo(1);
        }
    }

    @Test
    void concurrentCompareAndSetLosesNoUpdate() throws Exception {
        write(thing("counter"), "0");
        List<Future<Integer>> workers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            workers.add(inBackground(() -> {
                int done = 0;
                while (done < 25) {
                    Entry entry = store.get(thing("counter")).orElseThrow();
                    StoreValue next = value(Integer.toString(Integer.parseInt(text(entry)) + 1));
                    done += succeeds(() -> store.put(entry.key(), next, Expect.atRevision(entry.revision()))) ? 1 : 0;
                }
                return done;
            }));
        }
        for (Future<Integer> worker : workers) {
            result(worker);
        }
        assertThat(text(store.get(thing("counter")).orElseThrow())).isEqualTo("100");
    }

    /** Reads are linearizable: of all values ever written, these are the legal answers, and no older one is. */
    @Test
    void aReadShowsNothingOlderThanTheLastFinishedWriteAndNothingThatWasNotBegun() throws Exception {
        AtomicLong begun = new AtomicLong();
        AtomicLong finished = new AtomicLong();
        write(thing("a"), "0");
        Future<Boolean> writer = inBackground(() -> {
            for (int i = 1; i <= 300; i++) {
                begun.set(i);
                write(thing("a"), Integer.toString(i));
                finished.set(i);
            }
            return true;
        });
        long revisionSeen = 0;
        while (!writer.isDone()) {
            long atLeast = finished.get();
            Entry read = store.get(thing("a")).orElseThrow();
            long then = store.revision();
            Listing listing = store.list(THINGS, ListQuery.all());
            long atMost = begun.get();
            assertThat(Long.parseLong(text(read))).isBetween(atLeast, atMost);
            assertThat(then).isGreaterThanOrEqualTo(read.revision()).isGreaterThanOrEqualTo(revisionSeen);
            assertThat(listing.revision()).isGreaterThanOrEqualTo(then);
            assertThat(Long.parseLong(text(listing.entries().get(0)))).isBetween(Long.parseLong(text(read)), atMost);
            revisionSeen = listing.revision();
        }
        assertThat(result(writer)).isTrue();
    }

    @Test
    void aListIsInTheOrderOfKeysAndMatchesThePrefixByCharacters() {
        for (String path : List.of("/r/b/2", "/r/bc/1", "/r/b/1", "/r/b", "/r/b-/1", "/r/b/1/x", "/s/b/1")) {
            write(new StoreKey(path), path);
        }
        assertThat(keys(store.list(new StoreKey("/r/b/"), ListQuery.all())))
                .containsExactly("/r/b/1", "/r/b/1/x", "/r/b/2");
        assertThat(keys(store.list(new StoreKey("/r/b"), ListQuery.all())))
                .containsExactly("/r/b", "/r/b-/1", "/r/b/1", "/r/b/1/x", "/r/b/2", "/r/bc/1");
        assertThat(keys(store.list(new StoreKey("/r/c"), ListQuery.all()))).isEmpty();
        assertThat(keys(store.list(new StoreKey("/"), ListQuery.all()))).hasSize(7);
    }

    @Test
    void aListAtARevisionShowsThatMoment() {
        write(thing("kept"), "old");
        Entry gone = write(thing("gone"), "old");
        long then = gone.revision();
        write(thing("kept"), "new");
        store.delete(thing("gone"), Expect.anything());
        write(thing("late"), "new");

        Listing old = store.list(THINGS, ListQuery.all().atRevision(then));
        assertThat(old.revision()).isEqualTo(then);
        assertThat(old.entries()).extracting(StoreFixture::text).containsExactly("old", "old");
        assertThat(keys(old)).containsExactly("/registry/things/gone", "/registry/things/kept");
        assertThat(keys(store.list(THINGS, ListQuery.all())))
                .containsExactly("/registry/things/kept", "/registry/things/late");
        assertThat(store.list(THINGS, ListQuery.all().atRevision(store.revision()))
                        .entries())
                .hasSize(2);
    }

    @Test
    void pagesOfOneRevisionFitTogetherWhileWritesGoOn() {
        for (int i = 0; i < 10; i++) {
            write(thing("k" + i), "old");
            write(other("k" + i), "old");
        }
        Listing first = store.list(THINGS, ListQuery.all().limitedTo(4));
        assertThat(keys(first)).hasSize(4).startsWith("/registry/things/k0");
        assertThat(first.more()).isTrue();
        assertThat(first.remaining()).isEqualTo(6);

        store.delete(thing("k4"), Expect.anything());
        write(thing("k5"), "new");
        write(thing("k55"), "new");
        ListQuery rest = ListQuery.all().atRevision(first.revision()).limitedTo(4);
        Listing second = store.list(THINGS, rest.startingAfter(thing("k3")));
        assertThat(keys(second)).hasSize(4).startsWith("/registry/things/k4").endsWith("/registry/things/k7");
        assertThat(second.entries()).extracting(StoreFixture::text).containsOnly("old");
        assertThat(second.revision()).isEqualTo(first.revision());
        assertThat(second.remaining()).isEqualTo(2);
        Listing third = store.list(THINGS, rest.startingAfter(thing("k7")));
        assertThat(keys(third)).containsExactly("/registry/things/k8", "/registry/things/k9");
        assertThat(third.more()).isFalse();
        assertThat(third.remaining()).isZero();
    }

    @Test
    void pagesBeginBehindAnyKeyWhetherItExistsOrNot() {
        for (String name : List.of("b", "d", "f")) {
            write(thing(name), name);
        }
        assertThat(namesAfter("/registry/things/c", 0)).containsExactly("d", "f");
        assertThat(namesAfter("/registry/things/d", 0)).containsExactly("f");
        assertThat(namesAfter("/registry/things/d", 1)).containsExactly("f");
        assertThat(namesAfter("/registry/things/z", 0)).isEmpty();
        assertThat(namesAfter("/registry/others/z", 0)).containsExactly("b", "d", "f");
        assertThat(namesAfter("/registry/zebras/z", 0)).isEmpty();
        Listing exact = store.list(THINGS, ListQuery.all().limitedTo(3));
        assertThat(exact.more()).isFalse();
        assertThat(exact.remaining()).isZero();
    }

    @Test
    void aRevisionInTheFutureIsRefused() {
        long future = write(thing("a"), "one").revision() + 1_000_000;
        assertThatThrownBy(() -> store.list(THINGS, ListQuery.all().atRevision(future)))
                .isInstanceOf(StoreException.FutureRevision.class);
        assertThatThrownBy(() -> store.compact(future)).isInstanceOf(StoreException.FutureRevision.class);
        assertThat(store.list(THINGS, ListQuery.all()).entries()).hasSize(1);
    }

    @Test
    void compactionForgetsWhatWasBeforeItAndNothingElse() {
        Entry first = write(thing("a"), "one");
        write(thing("b"), "one");
        Entry second = write(thing("a"), "two");
        Removal removal = store.delete(thing("b"), Expect.anything()).orElseThrow();
        write(thing("a"), "three");

        store.compact(second.revision());
        assertThatThrownBy(() -> store.list(THINGS, ListQuery.all().atRevision(first.revision())))
                .isInstanceOf(StoreException.Compacted.class);
        assertThat(keys(store.list(THINGS, ListQuery.all().atRevision(second.revision()))))
                .hasSize(2);

        store.compact(removal.revision());
        store.compact(removal.revision());
        store.compact(first.revision());
        Listing after = store.list(THINGS, ListQuery.all().atRevision(removal.revision()));
        assertThat(after.entries()).extracting(StoreFixture::text).containsExactly("two");
        assertThat(text(store.get(thing("a")).orElseThrow())).isEqualTo("three");
        StoreException.Compacted refused = catchThrowableOfType(
                StoreException.Compacted.class,
                () -> store.list(THINGS, ListQuery.all().atRevision(second.revision())));
        assertThat(refused.oldest()).isGreaterThan(second.revision());
    }

    @Test
    void aClosedStoreRefusesEverythingAndMayBeClosedAgain() {
        write(thing("a"), "one");
        store.close();
        store.close();

        assertClosed(() -> store.revision());
        assertClosed(() -> store.get(thing("a")));
        assertClosed(() -> store.put(thing("a"), value("two"), Expect.anything()));
        assertClosed(() -> store.delete(thing("a"), Expect.anything()));
        assertClosed(() -> store.list(THINGS, ListQuery.all()));
        assertClosed(() -> store.watch(THINGS, 0, sinkAfter(0)));
        assertClosed(() -> store.compact(1));
    }

    private static void assertClosed(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(StoreException.Closed.class);
    }

    private static void assertConflict(ThrowingCallable call, @Nullable Entry expected) {
        StoreException.Conflict conflict = catchThrowableOfType(StoreException.Conflict.class, call);
        assertThat(conflict).as("a conflict").isNotNull();
        assertThat(Optional.ofNullable(conflict.current()).map(StoreFixture::describe))
                .isEqualTo(Optional.ofNullable(expected).map(StoreFixture::describe));
    }

    private static boolean succeeds(Runnable write) {
        try {
            write.run();
            return true;
        } catch (StoreException.Conflict e) {
            return false;
        }
    }

    private static List<String> keys(Listing listing) {
        return listing.entries().stream().map(e -> e.key().path()).toList();
    }

    private List<String> namesAfter(String path, int limit) {
        return store.list(THINGS, ListQuery.all().limitedTo(limit).startingAfter(new StoreKey(path))).entries().stream()
                .map(StoreFixture::text)
                .toList();
    }
}
