package io.orchestrator.core.agent;

import io.orchestrator.api.model.core.NodeConditionType;
import io.orchestrator.core.agent.NodeSignals.Reading;
import java.util.Optional;

/** What a node can be short of. Pure. */
enum Shortage {
    MEMORY("memory", NodeConditionType.MEMORY_PRESSURE),
    DISK("ephemeral-storage", NodeConditionType.DISK_PRESSURE),
    PIDS("pids", NodeConditionType.PID_PRESSURE);

    /** @param limit below which {@code available} is */
    record Amount(long available, long limit) {}

    private final String resource;
    private final String condition;

    Shortage(String resource, String condition) {
        this.resource = resource;
        this.condition = condition;
    }

    /** As messages and requests name it. */
    String resource() {
        return resource;
    }

    /** The node's condition that tells of it. */
    String condition() {
        return condition;
    }

    /** Present where the reading is below the limit. */
    Optional<Amount> in(Reading reading, PressureLimits limits) {
        Amount amount = switch (this) {
            case MEMORY -> new Amount(reading.memoryBytes(), limits.memoryBytes());
            case DISK -> new Amount(reading.diskBytes(), (long) (reading.diskCapacity() * limits.diskFraction()));
            case PIDS -> new Amount(reading.pids(), limits.pids());
        };
        return Optional.of(amount).filter(left -> left.limit() > 0 && left.available() < left.limit());
    }
}
