package io.orchestrator.spi.store;

import java.util.Optional;

/** What a {@link Store} may be besides: one that knows when it takes no writes, though it is read. Thread-safe. */
public interface SelfCheck {
    /**
     * Why nothing can be written at this moment, as far as that is known without trying; empty when nothing is known against it.
     * Never blocks.
     */
    Optional<String> fault();
}
