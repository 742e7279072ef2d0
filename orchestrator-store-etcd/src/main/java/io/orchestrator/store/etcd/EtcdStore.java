package io.orchestrator.store.etcd;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.DeleteOption;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.PutOption;
import io.orchestrator.spi.store.ChangeSink;
import io.orchestrator.spi.store.Entry;
import io.orchestrator.spi.store.Expect;
import io.orchestrator.spi.store.ListQuery;
import io.orchestrator.spi.store.Listing;
import io.orchestrator.spi.store.Removal;
import io.orchestrator.spi.store.Store;
import io.orchestrator.spi.store.StoreException;
import io.orchestrator.spi.store.StoreKey;
import io.orchestrator.spi.store.StoreValue;
import io.orchestrator.spi.store.Subscription;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The store on etcd 3.4 and later. Several may share one etcd, each under its namespace; revisions are etcd's own, so they have
 * holes where others wrote.
 *
 * <p>Every call ends within the deadline. No write is ever repeated: one whose answer got lost ends in
 * {@link StoreException.Unavailable} and is resolved by reading. While etcd does not answer, calls are refused at once and one
 * in a while is let through to see whether it is back; watches go on by themselves from where they were.
 *
 * <p>Sinks run on threads of this store, one at a time per subscription.
 */
public final class EtcdStore implements Store {
    private static final PutOption PLAIN = PutOption.DEFAULT;
    private static final DeleteOption KEEPING_PREVIOUS =
            DeleteOption.builder().withPrevKV(true).build();
    private static final GetOption WITHOUT_VALUE =
            GetOption.builder().withKeysOnly(true).build();
    private static final GetOption COUNT_ONLY =
            GetOption.builder().withCountOnly(true).build();

    private final EtcdStoreOptions options;
    private final KeySpace keys;
    private final ExecutorService executor;
    private final ScheduledThreadPoolExecutor timers;
    private final EtcdConnection connection;
    private final EtcdCalls calls;
    private final EtcdLists lists;
    private final EtcdWatching watching;

    /** With the defaults; {@code http://host:port} of every member. */
    public static EtcdStore connect(String... endpoints) {
        return at(endpoints).open();
    }

    /** To set more than the endpoints. */
    public static EtcdStoreBuilder at(String... endpoints) {
        return new EtcdStoreBuilder(List.of(endpoints));
    }

    EtcdStore(EtcdStoreOptions options) {
        this.options = options;
        this.keys = new KeySpace(options.namespace());
        this.executor = Executors.newCachedThreadPool(daemons("etcd-store-"));
        this.timers = new ScheduledThreadPoolExecutor(1, daemons("etcd-store-timer-"));
        timers.setRemoveOnCancelPolicy(true);
        timers.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        this.connection = new EtcdConnection(options, executor, System::nanoTime);
        this.calls = new EtcdCalls(connection, options.deadline());
        this.lists = new EtcdLists(calls, keys, options.pageSize(), this::revision);
        this.watching = new EtcdWatching(options, keys, connection, calls, executor, timers, System::nanoTime);
    }

    @Override
    public long revision() {
        ByteSequence anyKey = keys.key(new StoreKey("/"));
        try {
            return calls.call("revision", client -> client.getKVClient().get(anyKey, COUNT_ONLY))
                    .getHeader()
                    .getRevision();
        } catch (EtcdRefusal e) {
            throw EtcdFailures.translate("revision", e.reason());
        }
    }

    @Override
    public Optional<Entry> get(StoreKey key) {
        try {
            return calls.call("get " + key, client -> client.getKVClient().get(keys.key(key))).getKvs().stream()
                    .findFirst()
                    .map(keys::entry);
        } catch (EtcdRefusal e) {
            throw EtcdFailures.translate("get " + key, e.reason());
        }
    }

    @Override
    public Entry put(StoreKey key, StoreValue value, Expect expect) {
        byte[] bytes = value.bytes();
        if (bytes.length > options.maxValueBytes()) {
            throw new StoreException.Refused(
                    "put " + key + ": " + bytes.length + " bytes, the most are " + options.maxValueBytes(), null);
        }
        ByteSequence at = keys.key(key);
        Op put = Op.put(at, ByteSequence.from(bytes), PLAIN);
        if (isOfAbsent(expect)) {
            long revision = write("put " + key, key, expect, put).getHeader().getRevision();
            return new Entry(key, value, revision, revision);
        }
        // The read behind the write tells the create revision without bringing a value back.
        TxnResponse response = write("put " + key, key, expect, put, Op.get(at, WITHOUT_VALUE));
        long revision = response.getHeader().getRevision();
        long createRevision = response.getGetResponses().get(0).getKvs().get(0).getCreateRevision();
        return new Entry(key, value, createRevision, revision);
    }

    @Override
    public Optional<Removal> delete(StoreKey key, Expect expect) {
        TxnResponse response = write("delete " + key, key, expect, Op.delete(keys.key(key), KEEPING_PREVIOUS));
        return response.getDeleteResponses().get(0).getPrevKvs().stream()
                .findFirst()
                .map(previous ->
                        new Removal(keys.entry(previous), response.getHeader().getRevision()));
    }

    private static boolean isOfAbsent(Expect expect) {
        return expect instanceof Expect.Absent
                || expect instanceof Expect.WhileStands tied && tied.then() instanceof Expect.Absent;
    }

    private TxnResponse write(String what, StoreKey key, Expect expect, Op... operations) {
        ByteSequence at = keys.key(key);
        Cmp[] conditions = conditions(at, expect);
        TxnResponse response;
        try {
            response = calls.call(
                    what,
                    client -> client.getKVClient()
                            .txn()
                            .If(conditions)
                            .Then(operations)
                            .Else(otherwise(at, expect))
                            .commit());
        } catch (EtcdRefusal e) {
            throw EtcdFailures.translate(what, e.reason());
        }
        if (!response.isSucceeded()) {
            checkGuard(expect, response);
            throw new StoreException.Conflict(
                    key,
                    response.getGetResponses().get(0).getKvs().stream()
                            .findFirst()
                            .map(keys::entry)
                            .orElse(null));
        }
        return response;
    }

    private Cmp[] conditions(ByteSequence key, Expect expect) {
        if (expect instanceof Expect.WhileStands tied) {
            Cmp guard = new Cmp(keys.key(tied.guard()), Cmp.Op.EQUAL, CmpTarget.createRevision(tied.createRevision()));
            return Stream.concat(Stream.of(guard), Arrays.stream(conditions(key, tied.then())))
                    .toArray(Cmp[]::new);
        }
        if (expect instanceof Expect.Anything) {
            return new Cmp[0];
        }
        // etcd gives an absent key the revision 0.
        long revision = expect instanceof Expect.AtRevision at ? at.revision() : 0;
        return new Cmp[] {new Cmp(key, Cmp.Op.EQUAL, CmpTarget.modRevision(revision))};
    }

    /** What is read where a write was not carried out: what stands there, and what the write was tied to. */
    private Op[] otherwise(ByteSequence key, Expect expect) {
        Op standing = Op.get(key, GetOption.DEFAULT);
        return expect instanceof Expect.WhileStands tied
                ? new Op[] {standing, Op.get(keys.key(tied.guard()), WITHOUT_VALUE)}
                : new Op[] {standing};
    }

    private static void checkGuard(Expect expect, TxnResponse response) {
        if (expect instanceof Expect.WhileStands tied) {
            boolean stands = response.getGetResponses().get(1).getKvs().stream()
                    .anyMatch(guard -> guard.getCreateRevision() == tied.createRevision());
            if (!stands) {
                throw new StoreException.Fenced(tied.guard(), tied.createRevision());
            }
        }
    }

    @Override
    public Listing list(StoreKey prefix, ListQuery query) {
        return lists.list(prefix, query);
    }

    @Override
    public Subscription watch(StoreKey prefix, long after, ChangeSink sink) {
        return watching.watch(prefix, after, sink);
    }

    @Override
    public void compact(long revision) {
        try {
            calls.call("compact", client -> client.getKVClient().compact(revision));
            lists.compacted(revision);
        } catch (EtcdRefusal e) {
            if (EtcdFailures.isFutureRevision(e.reason())) {
                throw new StoreException.FutureRevision(revision, revision());
            }
            if (!EtcdFailures.isCompacted(e.reason())) {
                throw EtcdFailures.translate("compact", e.reason());
            }
        }
    }

    /** Returns when every subscription has been given its end to deliver; a sink that is under way may still finish. */
    @Override
    public void close() {
        calls.close();
        watching.close();
        timers.shutdownNow();
        connection.close();
        executor.shutdown();
    }

    private static ThreadFactory daemons(String prefix) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
