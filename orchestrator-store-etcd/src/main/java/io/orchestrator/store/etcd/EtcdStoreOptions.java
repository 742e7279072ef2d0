package io.orchestrator.store.etcd;

import java.time.Duration;
import java.util.List;

/**
 * How an {@link EtcdStore} talks to etcd.
 *
 * @param endpoints every member, as {@code http://host:port} or {@code https://host:port}; list them all, so that one may be away
 * @param security certificates, and a user of etcd's own
 * @param namespace stands before every key, such as {@code /tenant-1}; everything under it belongs to this store; may be
 *     empty
 * @param deadline after which a call ends in {@code Unavailable}
 * @param pingEvery how often a silent watch is asked for a sign of life; it is opened anew after three without one
 * @param maxValueBytes larger values are refused before they are sent; etcd itself takes requests of 1.5 MiB by default
 * @param pageSize how many entries a list fetches at once
 * @param maxPendingChanges how many changes wait for a slow sink before its stream is cut; it is opened again, from where
 *     the sink is, when the sink has caught up
 */
record EtcdStoreOptions(
        List<String> endpoints,
        EtcdSecurity security,
        String namespace,
        Duration deadline,
        Duration pingEvery,
        int maxValueBytes,
        int pageSize,
        int maxPendingChanges) {
    private static final int MEGABYTE = 1 << 20;
    /** Room for the key and the frame of the request. */
    private static final int OVERHEAD = 16 << 10;

    public EtcdStoreOptions {
        endpoints = List.copyOf(endpoints);
        if (endpoints.isEmpty()) {
            throw new IllegalArgumentException("at least one endpoint is needed");
        }
        if (!namespace.isEmpty() && (!namespace.startsWith("/") || namespace.endsWith("/"))) {
            throw new IllegalArgumentException("a namespace begins with a slash and does not end in one: " + namespace);
        }
        if (deadline.isNegative() || deadline.isZero() || pingEvery.isNegative() || pingEvery.isZero()) {
            throw new IllegalArgumentException("deadline and pingEvery must be positive");
        }
        if (maxValueBytes < 1 || pageSize < 1 || maxPendingChanges < 1) {
            throw new IllegalArgumentException("maxValueBytes, pageSize and maxPendingChanges must be positive");
        }
    }

    static EtcdStoreOptions of(List<String> endpoints) {
        return new EtcdStoreOptions(
                endpoints,
                EtcdSecurity.NONE,
                "",
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                MEGABYTE + MEGABYTE / 2 - OVERHEAD,
                500,
                1_024);
    }
}
