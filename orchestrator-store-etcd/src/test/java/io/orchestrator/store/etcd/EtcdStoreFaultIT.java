package io.orchestrator.store.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchestrator.spi.store.Change;
import io.orchestrator.spi.store.Entry;
import io.orchestrator.spi.store.Expect;
import io.orchestrator.spi.store.ListQuery;
import io.orchestrator.spi.store.StoreException;
import io.orchestrator.spi.store.StoreKey;
import io.orchestrator.spi.store.StoreValue;
import io.orchestrator.testkit.etcd.EtcdProcess;
import io.orchestrator.testkit.junit.RequiresEtcd;
import io.orchestrator.testkit.store.RecordingSink;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What the store does when etcd dies, freezes, comes back, forgets, or has a lot to say. */
@RequiresEtcd
class EtcdStoreFaultIT {
    private static final StoreKey ALL = new StoreKey("/things/");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Of the store that most tests use: more than a busy machine takes for an answer. */
    private static final Duration AMPLE = Duration.ofSeconds(10);

    private static final Duration DEADLINE = Duration.ofSeconds(1);
    /** A call without a deadline would go on for as long as etcd is away; one with its own a busy machine may notice late. */
    private static final Duration BY_ITSELF = Duration.ofSeconds(15);

    private EtcdProcess etcd;
    private EtcdStore store;

    @BeforeEach
    void start() throws Exception {
        etcd = EtcdProcess.start();
        store = open(AMPLE);
    }

    private EtcdStore open(Duration deadline) {
        EtcdStore opened = EtcdStore.at(etcd.endpoint())
                .namespace("/faults")
                .deadline(deadline)
                .pingEvery(Duration.ofMillis(500))
                .open();
        // The first call connects, which takes longer than the others.
        retrying(opened::revision);
        return opened;
    }

    /** For tests of the deadline itself. */
    private void useAnImpatientStore() {
        store.close();
        store = open(DEADLINE);
    }

    @AfterEach
    void stop() throws Exception {
        store.close();
        etcd.close();
    }

    @Test
    void aWatchLosesNothingWhenEtcdIsKilledAgainAndAgain() throws Exception {
        long start = store.revision();
        RecordingSink sink = new RecordingSink(start, PATIENCE);
        store.watch(ALL, start, sink);
        AtomicBoolean go = new AtomicBoolean(true);
        Set<Long> acknowledged = new TreeSet<>();
        Thread writer = new Thread(() -> {
            for (int i = 0; go.get(); i++) {
                try {
                    acknowledged.add(put("/things/k" + i % 50, "v" + i).revision());
                } catch (StoreException.Unavailable e) {
                    LockSupport.parkNanos(1_000_000);
                }
            }
        });
        writer.start();
        for (int round = 0; round < 3; round++) {
            int seen = sink.changes().size();
            sink.awaitChanges(seen + 200);
            etcd.kill();
            etcd.restart();
        }
        sink.awaitChanges(sink.changes().size() + 200);
        go.set(false);
        writer.join();

        Entry last = retrying(() -> put("/things/last", "last"));
        List<Change> changes = sink.awaitRevision(last.revision());
        assertThat(sink.violations()).isEmpty();
        assertThat(acknowledged).hasSizeGreaterThan(500);
        Set<Long> delivered = changes.stream().map(Change::revision).collect(Collectors.toSet());
        assertThat(delivered).containsAll(acknowledged);
        // And what was delivered beyond that is what a watch from the start delivers now: writes of unknown outcome.
        RecordingSink again = new RecordingSink(start, PATIENCE);
        store.watch(ALL, start, again);
        assertThat(again.awaitRevision(last.revision()))
                .extracting(Change::revision)
                .isEqualTo(changes.stream().map(Change::revision).toList());
    }

    @Test
    void whileEtcdIsAwayCallsEndWithinTheDeadlineAndItIsUsedAgainWhenItIsBack() throws Exception {
        useAnImpatientStore();
        retrying(() -> put("/things/a", "one"));
        etcd.kill();
        long longest = 0;
        for (int i = 0; i < 8; i++) {
            long begun = System.nanoTime();
            assertThatThrownBy(() -> put("/things/a", "two")).isInstanceOf(StoreException.Unavailable.class);
            assertThatThrownBy(() -> store.list(ALL, ListQuery.all())).isInstanceOf(StoreException.Unavailable.class);
            longest = Math.max(longest, System.nanoTime() - begun);
        }
        assertThat(Duration.ofNanos(longest)).isLessThan(BY_ITSELF);
        etcd.restart();
        retrying(() -> put("/things/a", "three"));
        assertThat(text(store.get(new StoreKey("/things/a")).orElseThrow())).isEqualTo("three");
    }

    @Test
    void aCallToADeafEtcdEndsAtTheDeadlineAndItsWriteHappensAtMostOnce() throws Exception {
        useAnImpatientStore();
        Entry before = retrying(() -> put("/things/a", "one"));
        etcd.freeze();
        long begun = System.nanoTime();
        assertThatThrownBy(() -> put("/things/a", "two")).isInstanceOf(StoreException.Unavailable.class);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(BY_ITSELF);
        etcd.thaw();
        // The rule of an unknown outcome: read, then decide.
        Entry read = retrying(() -> store.get(new StoreKey("/things/a")).orElseThrow());
        assertThat(text(read)).isIn("one", "two");
        Entry next = retrying(() -> {
            Entry current = store.get(new StoreKey("/things/a")).orElseThrow();
            return store.put(current.key(), value("three"), Expect.atRevision(current.revision()));
        });
        RecordingSink sink = new RecordingSink(before.revision(), PATIENCE);
        store.watch(ALL, before.revision(), sink);
        List<Change> changes = sink.awaitRevision(next.revision());
        assertThat(changes.stream().filter(c -> text(((Change.Put) c).entry()).equals("two")))
                .hasSizeLessThanOrEqualTo(1);
    }

    /** On which the tests of a deaf one rely. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aFrozenEtcdHasNoThreadThatStillAnswers() throws Exception {
        Path process = Path.of("/proc", Long.toString(etcd.pid()), "task");
        for (int i = 0; i < 50; i++) {
            put("/things/a", "one");
            etcd.freeze();
            List<String> running = new ArrayList<>();
            try (Stream<Path> threads = Files.list(process)) {
                for (Path thread : threads.toList()) {
                    String status = Files.readString(thread.resolve("status"));
                    if (!status.contains("State:\tT (stopped)")) {
                        running.add(status);
                    }
                }
            }
            etcd.thaw();
            assertThat(running).as("round %d", i).isEmpty();
        }
    }

    @Test
    void aWatchOverASilentConnectionIsOpenedAnew() throws Exception {
        long start = store.revision();
        RecordingSink sink = new RecordingSink(start, PATIENCE);
        store.watch(ALL, start, sink);
        sink.awaitRevision(put("/things/a", "one").revision());
        etcd.freeze();
        // Longer than the pings that may stay without an answer.
        Awaitility.await().pollDelay(Duration.ofSeconds(3)).until(() -> true);
        etcd.thaw();
        Entry next = retrying(() -> put("/things/b", "two"));
        assertThat(sink.awaitRevision(next.revision()))
                .extracting(Change::key)
                .contains(new StoreKey("/things/a"), new StoreKey("/things/b"));
        assertThat(sink.violations()).isEmpty();
    }

    @Test
    void aWatchThatWasOvertakenByACompactionWhileEtcdWasAwayIsToldToListAgain() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        long start = store.revision();
        RecordingSink slow = new RecordingSink(start, PATIENCE) {
            @Override
            protected void onChanges(long revision, List<Change> batch) {
                try {
                    release.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        store.watch(ALL, start, slow);
        slow.awaitRevision(put("/things/a", "one").revision());
        etcd.kill();
        etcd.restart();
        retrying(() -> put("/things/a", "two"));
        Entry last = retrying(() -> put("/things/a", "three"));
        store.compact(last.revision());
        // The stream broke with the kill, and what followed it never came into our hands.
        release.countDown();
        slow.awaitEnd();
        assertThat(slow.awaitEnd()).isInstanceOf(StoreException.Compacted.class);
        assertThat(slow.changes()).hasSize(1);
    }

    @Test
    void aWatchCatchesUpOverMoreThanFourMegabytes() {
        long start = store.revision();
        byte[] chunk = new byte[256 << 10];
        List<Long> revisions = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            revisions.add(store.put(new StoreKey("/things/big-" + i % 4), StoreValue.of(chunk), Expect.anything())
                    .revision());
        }
        RecordingSink sink = new RecordingSink(start, PATIENCE);
        store.watch(ALL, start, sink);
        assertThat(sink.awaitChanges(40)).extracting(Change::revision).isEqualTo(revisions);
    }

    @Test
    void aListOfMoreThanFourMegabytesArrivesWhole() {
        byte[] chunk = new byte[256 << 10];
        for (int i = 0; i < 40; i++) {
            store.put(new StoreKey("/things/big-" + i), StoreValue.of(chunk), Expect.anything());
        }
        assertThat(store.list(ALL, ListQuery.all()).entries()).hasSize(40);
    }

    @Test
    void aValueThatEtcdWouldNotTakeIsRefusedAndNothingIsWritten() {
        long before = store.revision();
        assertThatThrownBy(
                        () -> store.put(new StoreKey("/things/a"), StoreValue.of(new byte[2 << 20]), Expect.absent()))
                .isInstanceOf(StoreException.Refused.class);
        try (EtcdStore generous = EtcdStore.at(etcd.endpoint())
                .namespace("/faults")
                .maxValueBytes(4 << 20)
                .open()) {
            assertThatThrownBy(() ->
                            generous.put(new StoreKey("/things/a"), StoreValue.of(new byte[3 << 20]), Expect.absent()))
                    .isInstanceOf(StoreException.Refused.class);
        }
        assertThat(store.revision()).isEqualTo(before);
        assertThat(store.get(new StoreKey("/things/a"))).isEmpty();
    }

    @Test
    void twoNamespacesDoNotSeeEachOther() {
        try (EtcdStore neighbour =
                EtcdStore.at(etcd.endpoint()).namespace("/faults-of-others").open()) {
            long start = store.revision();
            RecordingSink sink = new RecordingSink(start, PATIENCE);
            store.watch(new StoreKey("/"), start, sink);
            neighbour.put(new StoreKey("/things/a"), value("theirs"), Expect.absent());
            Entry mine = put("/things/b", "mine");
            assertThat(sink.awaitRevision(mine.revision())).hasSize(1);
            assertThat(store.list(new StoreKey("/"), ListQuery.all()).entries()).hasSize(1);
            assertThat(store.get(new StoreKey("/things/a"))).isEmpty();
        }
    }

    @Test
    void aDeadEtcdDoesNotKeepTheProcessorBusy() throws Exception {
        long start = store.revision();
        for (int i = 0; i < 10; i++) {
            store.watch(ALL, start, new RecordingSink(start, PATIENCE));
        }
        put("/things/a", "one");
        etcd.kill();
        Duration span = Duration.ofSeconds(4);
        long cpuBefore = processCpu();
        Awaitility.await().pollDelay(span).atMost(PATIENCE).until(() -> true);
        assertThat(Duration.ofNanos(processCpu() - cpuBefore)).isLessThan(span.dividedBy(4));
    }

    @Test
    void closeLeavesNoThreadBehindNotEvenThoseThatLibrariesShare() throws Exception {
        store.close();
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .extracting(Thread::getName)
                        .noneMatch(name -> name.startsWith("grpc-")
                                || name.startsWith("jetcd-")
                                || name.startsWith("etcd-store-")
                                || name.startsWith("vert.x-")
                                || name.startsWith("globalEventExecutor")));
    }

    private static long processCpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private Entry put(String path, String text) {
        return store.put(new StoreKey(path), value(text), Expect.anything());
    }

    private static StoreValue value(String text) {
        return StoreValue.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Entry entry) {
        return new String(entry.value().bytes(), StandardCharsets.UTF_8);
    }

    private static <T> T retrying(Callable<T> call) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(StoreException.Unavailable.class)
                .until(call, answer -> answer != null);
    }
}
