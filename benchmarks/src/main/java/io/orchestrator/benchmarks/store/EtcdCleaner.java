package io.orchestrator.benchmarks.store;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.options.DeleteOption;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Takes away what a scenario wrote to an etcd that is not its own. */
public final class EtcdCleaner {
    private EtcdCleaner() {}

    /** Everything under the namespace. */
    public static void removeAll(String endpoint, String namespace) throws Exception {
        try (Client client = Client.builder().endpoints(endpoint).build()) {
            client.getKVClient()
                    .delete(
                            ByteSequence.from(namespace + "/", StandardCharsets.UTF_8),
                            DeleteOption.builder().isPrefix(true).build())
                    .get(30, TimeUnit.SECONDS);
        }
    }
}
