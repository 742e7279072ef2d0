package io.orchestrator.store.etcd;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** How to open an {@link EtcdStore}: all but the endpoints has a default. */
public final class EtcdStoreBuilder {
    private final List<String> endpoints;
    private EtcdSecurity security = EtcdSecurity.NONE;
    private String namespace;
    private Duration deadline;
    private Duration pingEvery;
    private int maxValueBytes;
    private int pageSize;
    private int maxPendingChanges;

    EtcdStoreBuilder(List<String> endpoints) {
        EtcdStoreOptions defaults = EtcdStoreOptions.of(endpoints);
        this.endpoints = defaults.endpoints();
        this.namespace = defaults.namespace();
        this.deadline = defaults.deadline();
        this.pingEvery = defaults.pingEvery();
        this.maxValueBytes = defaults.maxValueBytes();
        this.pageSize = defaults.pageSize();
        this.maxPendingChanges = defaults.maxPendingChanges();
    }

    /**
     * Who signed the certificates of the members: PEM. Needed with {@code https} endpoints, unless the JVM trusts them anyway. The
     * file is read on {@link #open()} and on every new connection.
     */
    public EtcdStoreBuilder trust(Path authority) {
        this.security = security.trusting(authority);
        return this;
    }

    /** What to show to members that ask for a client certificate: PEM, the key as PKCS#8 without a password. */
    public EtcdStoreBuilder clientCertificate(Path certificate, Path key) {
        this.security = security.presenting(certificate, key);
        return this;
    }

    /** A user of etcd's own user management, with a role that may read and write under the namespace. */
    public EtcdStoreBuilder user(String name, String password) {
        this.security = security.as(name, password);
        return this;
    }

    /** Stands before every key, such as {@code /tenant-1}; everything under it belongs to this store. Nothing, by default. */
    public EtcdStoreBuilder namespace(String namespace) {
        this.namespace = namespace;
        return this;
    }

    /** After which a call ends in {@code Unavailable}; 5 s by default. */
    public EtcdStoreBuilder deadline(Duration deadline) {
        this.deadline = deadline;
        return this;
    }

    /** How often a silent watch is asked for a sign of life, 5 s by default; it is opened anew after three without one. */
    public EtcdStoreBuilder pingEvery(Duration interval) {
        this.pingEvery = interval;
        return this;
    }

    /** Larger values are refused before they are sent. By default what fits a request of etcd's own limit, 1.5 MiB. */
    public EtcdStoreBuilder maxValueBytes(int bytes) {
        this.maxValueBytes = bytes;
        return this;
    }

    /** How many entries a list fetches at once, 500 by default. */
    public EtcdStoreBuilder pageSize(int entries) {
        this.pageSize = entries;
        return this;
    }

    /**
     * How many changes wait for a slow sink before its stream is cut, 1,024 by default; it is opened again, from where the sink is,
     * when the sink has caught up.
     */
    public EtcdStoreBuilder maxPendingChanges(int changes) {
        this.maxPendingChanges = changes;
        return this;
    }

    /** Connects in the background: an etcd that is away shows on the first call, and may come later. */
    public EtcdStore open() {
        return new EtcdStore(new EtcdStoreOptions(
                endpoints, security, namespace, deadline, pingEvery, maxValueBytes, pageSize, maxPendingChanges));
    }
}
