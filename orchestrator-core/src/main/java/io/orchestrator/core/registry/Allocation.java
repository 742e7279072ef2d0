package io.orchestrator.core.registry;

import io.orchestrator.core.registry.validation.Violations;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What objects of a kind hold of ranges that all share, such as the addresses of services. Thread-safe; called before and
 * after the store, never under a lock. The registry pairs every {@link #reserve} with at most one {@link #release}: of the
 * new object when the write failed, of the old one when it succeeded.
 */
public interface Allocation<T> {

    /**
     * The object with everything it needs. What reports a violation has reserved nothing.
     *
     * @param current what stands there; null on create
     * @param violations told what cannot be had
     */
    T reserve(@Nullable T current, T wanted, Violations violations);

    /** Frees what {@code held} has and {@code kept} has not. @param kept null when nothing stays */
    void release(T held, @Nullable T kept);

    /** Forgets everything and learns from the objects that there are: at the start, and whenever the two may differ. */
    void repair(List<T> objects);

    /** Nothing is shared. */
    @SuppressWarnings("unchecked") // it never touches an object
    static <T> Allocation<T> none() {
        return (Allocation<T>) NoAllocation.NONE;
    }
}
