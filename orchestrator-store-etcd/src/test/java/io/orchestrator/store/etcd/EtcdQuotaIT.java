package io.orchestrator.store.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etcd.jetcd.Client;
import io.etcd.jetcd.Maintenance;
import io.etcd.jetcd.options.CompactOption;
import io.orchestrator.spi.store.Entry;
import io.orchestrator.spi.store.Expect;
import io.orchestrator.spi.store.ListQuery;
import io.orchestrator.spi.store.StoreException;
import io.orchestrator.spi.store.StoreKey;
import io.orchestrator.spi.store.StoreValue;
import io.orchestrator.testkit.etcd.EtcdProcess;
import io.orchestrator.testkit.junit.RequiresEtcd;
import io.orchestrator.testkit.store.RecordingSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An etcd whose space is used up. */
@RequiresEtcd
class EtcdQuotaIT {
    private static final StoreKey ALL = new StoreKey("/things/");
    private static final int VALUE = 512 << 10;
    private static final int FEW_MEGABYTES = 8 << 20;
    private static final int WRITERS = 8;

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void aFullEtcdRefusesWritesAnswersReadsAndTakesWritesAgainWhenThereIsRoom() throws Exception {
        try (EtcdProcess etcd = EtcdProcess.start("--quota-backend-bytes=" + FEW_MEGABYTES);
                EtcdStore store = EtcdStore.at(etcd.endpoint())
                        .deadline(Duration.ofSeconds(20))
                        .open()) {
            long start = store.revision();
            RecordingSink sink = new RecordingSink(start, Duration.ofSeconds(30));
            store.watch(ALL, start, sink);
            int written = fill(store);
            assertThat(written).isGreaterThan(1);
            // Again and again, and not as if etcd were away: the circuit stays closed, reads go on.
            for (int i = 0; i < 20; i++) {
                assertThatThrownBy(() -> put(store, "more", VALUE)).isInstanceOf(StoreException.Refused.class);
            }
            assertThat(store.list(ALL, ListQuery.all()).entries()).hasSize(written);
            assertThat(sink.awaitChanges(written)).hasSize(written);

            // The way back is etcd's own: something goes, the history is forgotten, the file is rewritten, the alarm is
            // put out. All but one go: etcd looks at its size ten times a second, and may have taken far more than the
            // quota.
            for (int i = 1; i < written; i++) {
                store.delete(new StoreKey("/things/k" + i), Expect.anything());
            }
            makeRoom(etcd, store.revision());
            long revision = put(store, "again", 1);
            sink.awaitRevision(revision);
            assertThat(sink.violations()).isEmpty();
        }
    }

    /** Of the writes that come together when it runs out, etcd carries some out and says all the same that it has no space. */
    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void whatIsSaidOfAWriteByAnEtcdThatIsRunningFullIsTrue() throws Exception {
        try (EtcdProcess etcd = EtcdProcess.start("--quota-backend-bytes=" + FEW_MEGABYTES);
                EtcdStore store = EtcdStore.at(etcd.endpoint())
                        .deadline(Duration.ofSeconds(20))
                        .open()) {
            Set<StoreKey> written = ConcurrentHashMap.newKeySet();
            List<FutureTask<Void>> writers = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                String name = "w" + writer + "-";
                writers.add(new FutureTask<>(() -> fill(store, name, written::add), null));
            }
            writers.forEach(writer -> new Thread(writer, "fills etcd").start());
            for (FutureTask<Void> writer : writers) {
                writer.get();
            }

            assertThat(store.list(ALL, ListQuery.all()).entries())
                    .extracting(Entry::key)
                    .containsExactlyInAnyOrderElementsOf(written);
        }
    }

    private static int fill(EtcdStore store) {
        return fill(store, "k", key -> {});
    }

    /** How many were taken. */
    private static int fill(EtcdStore store, String prefix, Consumer<StoreKey> taken) {
        for (int i = 0; i < FEW_MEGABYTES / VALUE * 10; i++) {
            try {
                put(store, prefix + i, VALUE);
                taken.accept(new StoreKey("/things/" + prefix + i));
            } catch (StoreException.Refused full) {
                return i;
            }
        }
        throw new AssertionError("etcd took more than it has room for");
    }

    private static long put(EtcdStore store, String name, int bytes) {
        return store.put(new StoreKey("/things/" + name), StoreValue.of(new byte[bytes]), Expect.anything())
                .revision();
    }

    /**
     * The compaction is physical: an ordinary one is answered before anything is dropped from the file, and the
     * defragmentation may then rewrite a file that is still full.
     */
    private static void makeRoom(EtcdProcess etcd, long revision) throws Exception {
        try (Client client = Client.builder().endpoints(etcd.endpoint()).build()) {
            CompactOption dropped =
                    CompactOption.builder().withCompactPhysical(true).build();
            client.getKVClient().compact(revision, dropped).get(20, TimeUnit.SECONDS);
            Maintenance maintenance = client.getMaintenanceClient();
            maintenance.defragmentMember(etcd.endpoint()).get(20, TimeUnit.SECONDS);
            for (var alarm : maintenance.listAlarms().get(20, TimeUnit.SECONDS).getAlarms()) {
                maintenance.alarmDisarm(alarm).get(20, TimeUnit.SECONDS);
            }
        }
    }
}
