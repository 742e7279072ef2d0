package io.orchestrator.core.schedule.framework;

import io.orchestrator.api.meta.Quantity;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongBinaryOperator;

/**
 * Amounts of resources in whole units: CPU in thousandths of a core, everything else as it is counted, both rounded up.
 *
 * @param extended by name: devices, huge pages and whatever else a node offers
 */
public record Resources(long milliCpu, long memory, long ephemeralStorage, Map<String, Long> extended) {
    public static final Resources NONE = new Resources(0, 0, 0, Map.of());

    private static final String CPU = "cpu";
    private static final String MEMORY = "memory";
    private static final String EPHEMERAL_STORAGE = "ephemeral-storage";
    private static final String PODS = "pods";

    public Resources {
        extended = extended.isEmpty() ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(extended));
    }

    /** The number of pods is no amount of this kind and is left out. */
    public static Resources of(Map<String, Quantity> quantities) {
        if (quantities.isEmpty()) {
            return NONE;
        }
        long cpu = 0;
        long memory = 0;
        long storage = 0;
        Map<String, Long> extended = new TreeMap<>();
        for (Map.Entry<String, Quantity> entry : quantities.entrySet()) {
            Quantity quantity = entry.getValue();
            switch (entry.getKey()) {
                case CPU -> cpu = quantity.milliValue();
                case MEMORY -> memory = quantity.value();
                case EPHEMERAL_STORAGE -> storage = quantity.value();
                case PODS -> {}
                default -> extended.put(entry.getKey(), quantity.value());
            }
        }
        return new Resources(cpu, memory, storage, extended);
    }

    public Resources plus(Resources other) {
        return combine(other, Math::addExact);
    }

    public Resources minus(Resources other) {
        return combine(other, Math::subtractExact);
    }

    /** The greater of both, resource by resource. */
    public Resources max(Resources other) {
        return combine(other, Math::max);
    }

    public long extended(String name) {
        return extended.getOrDefault(name, 0L);
    }

    /** How much of the resource of this name, in the units used here. */
    public long amount(String name) {
        return switch (name) {
            case CPU -> milliCpu;
            case MEMORY -> memory;
            case EPHEMERAL_STORAGE -> ephemeralStorage;
            default -> extended(name);
        };
    }

    /** Whether nothing at all is asked for. */
    public boolean isNone() {
        return milliCpu == 0 && memory == 0 && ephemeralStorage == 0 && extended.isEmpty();
    }

    private Resources combine(Resources other, LongBinaryOperator operation) {
        Map<String, Long> both = extended;
        if (!other.extended.isEmpty()) {
            both = new TreeMap<>(extended);
            for (Map.Entry<String, Long> entry : other.extended.entrySet()) {
                both.put(entry.getKey(), operation.applyAsLong(extended(entry.getKey()), entry.getValue()));
            }
        }
        return new Resources(
                operation.applyAsLong(milliCpu, other.milliCpu),
                operation.applyAsLong(memory, other.memory),
                operation.applyAsLong(ephemeralStorage, other.ephemeralStorage),
                both);
    }
}
