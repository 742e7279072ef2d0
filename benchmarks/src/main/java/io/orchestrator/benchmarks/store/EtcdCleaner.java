package io.orchestrator.benchmarks.store;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.KV;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.options.DeleteOption;
import io.etcd.jetcd.options.GetOption;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Takes away what a scenario wrote to an etcd that is not its own, a few hundred keys at a time: an etcd 3.4 that has once changed
 * tens of thousands in one step copies a buffer of that many at each transaction from then on, and is slow until it is restarted.
 */
public final class EtcdCleaner {
    private static final int PAGE = 500;

    private EtcdCleaner() {}

    /** Everything under the namespace. */
    public static void removeAll(String endpoint, String namespace) throws Exception {
        ByteSequence from = ByteSequence.from(namespace + "/", StandardCharsets.UTF_8);
        GetOption page = GetOption.builder()
                .isPrefix(true)
                .withKeysOnly(true)
                .withLimit(PAGE)
                .build();
        try (Client client = Client.builder().endpoints(endpoint).build()) {
            KV keys = client.getKVClient();
            List<KeyValue> found =
                    keys.get(from, page).get(30, TimeUnit.SECONDS).getKvs();
            while (!found.isEmpty()) {
                byte[] last = found.get(found.size() - 1).getKey().getBytes();
                DeleteOption upToLast = DeleteOption.builder()
                        .withRange(ByteSequence.from(Arrays.copyOf(last, last.length + 1)))
                        .build();
                keys.delete(from, upToLast).get(30, TimeUnit.SECONDS);
                found = keys.get(from, page).get(30, TimeUnit.SECONDS).getKvs();
            }
        }
    }
}
