package io.orchestrator.store.etcd;

import java.time.Duration;
import java.util.List;

/** Collects the options of an {@link EtcdStore}; see {@link EtcdStoreOptions} for what each means. */
public final class EtcdStoreBuilder {
    private final List<String> endpoints;
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

    public EtcdStoreBuilder namespace(String namespace) {
        this.namespace = namespace;
        return this;
    }

    public EtcdStoreBuilder deadline(Duration deadline) {
        this.deadline = deadline;
        return this;
    }

    public EtcdStoreBuilder pingEvery(Duration interval) {
        this.pingEvery = interval;
        return this;
    }

    public EtcdStoreBuilder maxValueBytes(int bytes) {
        this.maxValueBytes = bytes;
        return this;
    }

    public EtcdStoreBuilder pageSize(int entries) {
        this.pageSize = entries;
        return this;
    }

    public EtcdStoreBuilder maxPendingChanges(int changes) {
        this.maxPendingChanges = changes;
        return this;
    }

    /** Connects in the background: an etcd that is away shows on the first call, and may come later. */
    public EtcdStore open() {
        return new EtcdStore(new EtcdStoreOptions(
                endpoints, namespace, deadline, pingEvery, maxValueBytes, pageSize, maxPendingChanges));
    }
}
