package io.orchestrator.store.etcd;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RangeResponse;
import io.etcd.jetcd.api.TxnResponse;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.options.GetOption;
import io.grpc.MethodDescriptor;
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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The store on etcd 3.4 and later. Several may share one etcd, each under its namespace; revisions are etcd's own, so they have
 * holes where others wrote.
 *
 * <p>Every call ends within the deadline. No write is ever repeated: one whose answer got lost ends in
 * {@link StoreException.Unavailable} and is resolved by reading, which this store does itself where etcd has run out of space.
 * While etcd does not answer, calls are refused at once and one in a while is let through to see whether it is back; watches go
 * on by themselves from where they were.
 *
 * <p>Sinks run on threads of this store, one at a time per subscription.
 */
public final class EtcdStore implements Store {
    /** As etcd has it for a read of no revision in particular. */
    private static final long NEWEST = 0;

    private static final GetOption COUNT_ONLY =
            GetOption.builder().withCountOnly(true).build();

    private final EtcdStoreOptions options;
    private final KeySpace keys;
    private final ByteSequence anyKey;
    private final OwnValues own = new OwnValues();
    /** The newest revision that a write was answered with. */
    private final AtomicLong seen = new AtomicLong();

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
        this.anyKey = keys.key(new StoreKey("/"));
        this.executor = Executors.newCachedThreadPool(daemons("etcd-store-"));
        this.timers = new ScheduledThreadPoolExecutor(1, daemons("etcd-store-timer-"));
        timers.setRemoveOnCancelPolicy(true);
        timers.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        this.connection = new EtcdConnection(options, executor, System::nanoTime);
        this.calls = new EtcdCalls(connection, options.deadline(), this::anyRead);
        this.lists = new EtcdLists(calls, keys, options.pageSize(), this::revision);
        this.watching = new EtcdWatching(options, keys, own, connection, calls, executor, timers, System::nanoTime);
    }

    @Override
    public long revision() {
        try {
            return calls.call("revision", this::anyRead).getHeader().getRevision();
        } catch (EtcdRefusal e) {
            throw EtcdFailures.translate("revision", e.reason());
        }
    }

    /** Brings nothing back but where etcd stands. */
    private CompletableFuture<GetResponse> anyRead(Client client) {
        return client.getKVClient().get(anyKey, COUNT_ONLY);
    }

    @Override
    public Optional<Entry> get(StoreKey key) {
        return first(range(key, NEWEST));
    }

    private RangeResponse range(StoreKey key, long revision) {
        RangeRequest request = RangeRequest.newBuilder()
                .setKey(keys.bytes(key))
                .setRevision(revision)
                .build();
        return send("get " + key, KVGrpc.getRangeMethod(), request);
    }

    private Optional<Entry> first(RangeResponse response) {
        return response.getKvsList().stream().findFirst().map(keys::entry);
    }

    @Override
    public Entry put(StoreKey key, StoreValue value, Expect expect) {
        byte[] bytes = value.bytes();
        if (bytes.length > options.maxValueBytes()) {
            throw new StoreException.Refused(
                    "put " + key + ": " + bytes.length + " bytes, the most are " + options.maxValueBytes(), null);
        }
        WriteRequest write = WriteRequest.put(keys, key, bytes, expect);
        Entry written = put("put " + key, key, write, value, bytes);
        own.note(written, bytes);
        return written;
    }

    private Entry put(String what, StoreKey key, WriteRequest write, StoreValue value, byte[] bytes) {
        long before = Math.max(seen.get(), write.expectedRevision());
        try {
            return write.written(carryOut(what, write), value);
        } catch (EtcdRefusal e) {
            if (EtcdFailures.isOutOfSpace(e.reason())) {
                RangeResponse now = range(key, NEWEST);
                return OutOfSpace.settled(
                        what,
                        first(now),
                        now.getHeader().getRevision(),
                        bytes,
                        before,
                        revision -> first(range(key, revision)),
                        e.reason());
            }
            throw EtcdFailures.translate(what, e.reason());
        }
    }

    @Override
    public Optional<Removal> delete(StoreKey key, Expect expect) {
        String what = "delete " + key;
        WriteRequest write = WriteRequest.delete(keys, key, expect);
        try {
            return write.removed(carryOut(what, write));
        } catch (EtcdRefusal e) {
            if (EtcdFailures.isOutOfSpace(e.reason())) {
                // Early releases say so of deletions, too, and whom they had deleted is not to be told from what stands
                // there.
                throw new StoreException.Unavailable(what + ": " + e.getMessage(), e.reason());
            }
            throw EtcdFailures.translate(what, e.reason());
        }
    }

    private TxnResponse carryOut(String what, WriteRequest write) throws EtcdRefusal {
        TxnResponse response = calls.call(what, KVGrpc.getTxnMethod(), write.request());
        seen.accumulateAndGet(response.getHeader().getRevision(), Math::max);
        write.check(response);
        return response;
    }

    private <A, B> B send(String what, MethodDescriptor<A, B> method, A request) {
        try {
            return calls.call(what, method, request);
        } catch (EtcdRefusal e) {
            throw EtcdFailures.translate(what, e.reason());
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
