package io.orchestrator.testkit.simulation;

import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Lets a component die after each of its writes in turn, and compares where the cluster ends.
 *
 * <pre>{@code
 * new CrashPoints<>(Scenario::new, Scenario::component, Scenario::end).forEachWrite();
 * }</pre>
 *
 * @param <S> a scenario: a fresh simulation with its components, not yet run
 */
public final class CrashPoints<S extends AutoCloseable> {
    private final Supplier<S> fresh;
    private final Function<S, SimulatedComponent> victim;
    private final Function<S, String> run;

    /**
     * @param run runs a scenario to its end and describes the state there, without what no crash may be expected to keep,
     *     such as uids and times
     */
    public CrashPoints(Supplier<S> fresh, Function<S, SimulatedComponent> victim, Function<S, String> run) {
        this.fresh = fresh;
        this.victim = victim;
        this.run = run;
    }

    /** Returns how many writes there were to die of. Fails when a death changes the end. */
    public int forEachWrite() throws Exception {
        String golden;
        int writes;
        try (S scenario = fresh.get()) {
            golden = run.apply(scenario);
            writes = victim.apply(scenario).faults().writes();
        }
        for (int n = 1; n <= writes; n++) {
            try (S scenario = fresh.get()) {
                victim.apply(scenario).faults().crashAfterWrite(n);
                String end = run.apply(scenario);
                if (!end.equals(golden)) {
                    throw new AssertionError(
                            "after a crash at write " + n + " it ends as\n" + end + "\ninstead of\n" + golden);
                }
            }
        }
        return writes;
    }
}
