package io.orchestrator.spi.network;

/**
 * Carries traffic for service addresses to ready endpoints.
 *
 * <p>{@link #apply} is given whole tables; it works out the difference itself, applies it without disturbing what did
 * not change, and returns when new connections follow it. Calls come one at a time. Implementations inherit
 * {@code ServiceProxyContract} of the testkit.
 */
public interface ServiceProxy extends AutoCloseable {

    /** A short name for status and logs, such as {@code userspace} or {@code nftables}. */
    String name();

    /** Makes the table hold. What could not be served is in the report; the rest is served all the same. */
    ProxyReport apply(ServiceTable table);

    /** Stops serving and takes back every address, port and rule. Idempotent. */
    @Override
    void close();
}
