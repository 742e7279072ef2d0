package io.orchestrator.samples.cluster;

import io.orchestrator.store.etcd.EtcdStore;
import io.orchestrator.store.etcd.EtcdStoreBuilder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where etcd is, whom to believe there, and who one is to it. */
final class EtcdAccess {
    @Option(names = "--etcd-ca", description = "File with the authority of etcd's certificates.")
    private @Nullable Path authority;

    @Option(names = "--etcd-cert", description = "File with the client certificate for etcd; needs --etcd-key.")
    private @Nullable Path certificate;

    @Option(names = "--etcd-key", description = "File with its key, as PKCS#8 without a password.")
    private @Nullable Path key;

    @Option(names = "--etcd-user", description = "Name and, after a colon, password of the user of etcd.")
    private String user = "";

    @Option(
            names = "--etcd-prefix",
            description = "Before every key, such as /tenant-1, for several clusters on one etcd.")
    private String prefix = "";

    String prefix() {
        return prefix;
    }

    EtcdStore open(String... endpoints) {
        EtcdStoreBuilder builder = EtcdStore.at(endpoints);
        if (authority != null) {
            builder.trust(authority);
        }
        if (certificate != null && key != null) {
            builder.clientCertificate(certificate, key);
        } else if (certificate != null || key != null) {
            throw new IllegalArgumentException("--etcd-cert and --etcd-key go together");
        }
        if (!user.isEmpty()) {
            int colon = user.indexOf(':');
            if (colon < 1) {
                throw new IllegalArgumentException("--etcd-user is NAME:PASSWORD");
            }
            builder.user(user.substring(0, colon), user.substring(colon + 1));
        }
        return prefix.isEmpty() ? builder.open() : builder.namespace(prefix).open();
    }
}
