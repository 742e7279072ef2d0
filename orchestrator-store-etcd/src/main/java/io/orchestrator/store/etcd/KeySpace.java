package io.orchestrator.store.etcd;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.KeyValue;
import io.orchestrator.spi.store.Entry;
import io.orchestrator.spi.store.StoreKey;
import io.orchestrator.spi.store.StoreValue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Translates between the keys of the store and those of etcd, which carry the namespace in front. */
final class KeySpace {
    private final String namespace;

    KeySpace(String namespace) {
        this.namespace = namespace;
    }

    ByteSequence key(StoreKey key) {
        return ByteSequence.from(bytes(key));
    }

    ByteString bytes(StoreKey key) {
        return ByteString.copyFromUtf8(namespace + key.path());
    }

    /** The first key behind this one. */
    ByteSequence behind(StoreKey key) {
        byte[] bytes = key(key).getBytes();
        return ByteSequence.from(Arrays.copyOf(bytes, bytes.length + 1));
    }

    /** The first key behind everything that starts with the prefix. No byte of UTF-8 is 0xff, so one can be added. */
    ByteSequence endOf(StoreKey prefix) {
        byte[] bytes = key(prefix).getBytes().clone();
        bytes[bytes.length - 1]++;
        return ByteSequence.from(bytes);
    }

    StoreKey key(ByteSequence key) {
        return key(key.toString(StandardCharsets.UTF_8));
    }

    private StoreKey key(String key) {
        return new StoreKey(key.substring(namespace.length()));
    }

    Entry entry(KeyValue pair) {
        return new Entry(
                key(pair.getKey()),
                StoreValue.of(pair.getValue().getBytes()),
                pair.getCreateRevision(),
                pair.getModRevision());
    }

    Entry entry(io.etcd.jetcd.api.KeyValue pair) {
        return new Entry(
                key(pair.getKey().toStringUtf8()),
                StoreValue.of(pair.getValue().toByteArray()),
                pair.getCreateRevision(),
                pair.getModRevision());
    }
}
