package io.orchestrator.store.etcd;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.etcd.jetcd.api.Compare;
import io.etcd.jetcd.api.DeleteRangeRequest;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.ResponseOp;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.TxnResponse;
import io.orchestrator.spi.store.Entry;
import io.orchestrator.spi.store.Expect;
import io.orchestrator.spi.store.Removal;
import io.orchestrator.spi.store.StoreException;
import io.orchestrator.spi.store.StoreKey;
import io.orchestrator.spi.store.StoreValue;
import java.util.List;
import java.util.Optional;

/**
 * One write as a transaction of etcd: what must hold for it, what is done then, and what is read otherwise, to tell why not.
 */
final class WriteRequest {
    private final KeySpace keys;
    private final StoreKey key;
    private final Expect expect;
    private final TxnRequest.Builder request = TxnRequest.newBuilder();

    private WriteRequest(KeySpace keys, StoreKey key, Expect expect) {
        this.keys = keys;
        this.key = key;
        this.expect = expect;
        require(expect);
        request.addFailure(read(keys.bytes(key), false));
        if (expect instanceof Expect.WhileStands tied) {
            request.addFailure(read(keys.bytes(tied.guard()), true));
        }
    }

    /** @param value is not copied and must not change */
    static WriteRequest put(KeySpace keys, StoreKey key, byte[] value, Expect expect) {
        WriteRequest write = new WriteRequest(keys, key, expect);
        ByteString at = keys.bytes(key);
        write.request.addSuccess(RequestOp.newBuilder()
                .setRequestPut(PutRequest.newBuilder().setKey(at).setValue(UnsafeByteOperations.unsafeWrap(value))));
        if (!isOfAbsent(expect)) {
            // A read behind the write tells the create revision without bringing a value back.
            write.request.addSuccess(read(at, true));
        }
        return write;
    }

    static WriteRequest delete(KeySpace keys, StoreKey key, Expect expect) {
        WriteRequest write = new WriteRequest(keys, key, expect);
        write.request.addSuccess(RequestOp.newBuilder()
                .setRequestDeleteRange(
                        DeleteRangeRequest.newBuilder().setKey(keys.bytes(key)).setPrevKv(true)));
        return write;
    }

    private void require(Expect expected) {
        if (expected instanceof Expect.WhileStands tied) {
            request.addCompare(Compare.newBuilder()
                    .setKey(keys.bytes(tied.guard()))
                    .setResult(Compare.CompareResult.EQUAL)
                    .setTarget(Compare.CompareTarget.CREATE)
                    .setCreateRevision(tied.createRevision()));
            require(tied.then());
        } else if (!(expected instanceof Expect.Anything)) {
            // etcd gives an absent key the revision 0.
            long revision = expected instanceof Expect.AtRevision at ? at.revision() : 0;
            request.addCompare(Compare.newBuilder()
                    .setKey(keys.bytes(key))
                    .setResult(Compare.CompareResult.EQUAL)
                    .setTarget(Compare.CompareTarget.MOD)
                    .setModRevision(revision));
        }
    }

    private static RequestOp read(ByteString at, boolean keyOnly) {
        return RequestOp.newBuilder()
                .setRequestRange(RangeRequest.newBuilder().setKey(at).setKeysOnly(keyOnly))
                .build();
    }

    private static boolean isOfAbsent(Expect expect) {
        return expect instanceof Expect.Absent
                || expect instanceof Expect.WhileStands tied && tied.then() instanceof Expect.Absent;
    }

    /** The revision that the key is expected to have, which is there already; 0 where none is. */
    long expectedRevision() {
        Expect own = expect instanceof Expect.WhileStands tied ? tied.then() : expect;
        return own instanceof Expect.AtRevision at ? at.revision() : 0;
    }

    TxnRequest request() {
        return request.build();
    }

    /** @throws StoreException.Conflict or {@link StoreException.Fenced} when it was not carried out */
    void check(TxnResponse response) {
        if (response.getSucceeded()) {
            return;
        }
        if (expect instanceof Expect.WhileStands tied
                && found(response.getResponses(1)).stream()
                        .noneMatch(guard -> guard.getCreateRevision() == tied.createRevision())) {
            throw new StoreException.Fenced(tied.guard(), tied.createRevision());
        }
        throw new StoreException.Conflict(
                key,
                found(response.getResponses(0)).stream()
                        .findFirst()
                        .map(keys::entry)
                        .orElse(null));
    }

    private static List<KeyValue> found(ResponseOp answer) {
        return answer.getResponseRange().getKvsList();
    }

    /** What a put that was carried out has written. @param value as it was given */
    Entry written(TxnResponse response, StoreValue value) {
        long revision = response.getHeader().getRevision();
        long created = isOfAbsent(expect)
                ? revision
                : found(response.getResponses(1)).get(0).getCreateRevision();
        return new Entry(key, value, created, revision);
    }

    /** What a deletion that was carried out has removed. */
    Optional<Removal> removed(TxnResponse response) {
        return response.getResponses(0).getResponseDeleteRange().getPrevKvsList().stream()
                .findFirst()
                .map(previous ->
                        new Removal(keys.entry(previous), response.getHeader().getRevision()));
    }
}
