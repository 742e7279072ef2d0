package io.orchestrator.core.network.address;

import java.util.Map;
import java.util.Set;

/** Makes addresses this machine's own, so that a proxy can listen on them and others reach them through this machine. */
public interface HostAddresses extends AutoCloseable {

    /**
     * Holds exactly these addresses, and gives back those held before that are not among them. Costs nothing for what is held
     * already. Calls come one at a time.
     *
     * @return why, for each address that could not be held
     */
    Map<String, String> hold(Set<String> addresses);

    /** Gives everything back. Idempotent. */
    @Override
    void close();
}
