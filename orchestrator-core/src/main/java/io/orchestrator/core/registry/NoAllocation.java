package io.orchestrator.core.registry;

import io.orchestrator.core.registry.validation.Violations;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** For kinds that share nothing. */
enum NoAllocation implements Allocation<Object> {
    NONE;

    @Override
    public Object reserve(@Nullable Object current, Object wanted, Violations violations) {
        return wanted;
    }

    @Override
    public void release(Object held, @Nullable Object kept) {
        // There is nothing to free.
    }

    @Override
    public void repair(List<Object> objects) {
        // There is nothing to learn.
    }
}
