package io.orchestrator.testkit.simulation;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Lets a component die after each of its writes in turn, and see each of its events late, and compares where the cluster ends.
 *
 * <pre>{@code
 * new CrashPoints<>(Scenario::new, Scenario::component, Scenario::end).forEachWriteAndEvent();
 * }</pre>
 *
 * <p>{@code -Dsimulation.events=N} tries so many events of each scenario, spread evenly, as a nightly build may with all.
 *
 * @param <S> a scenario: a fresh simulation with its components, not yet run
 */
public final class CrashPoints<S extends AutoCloseable> {
    private static final int EVENTS = Integer.getInteger("simulation.events", 6);
    /** Longer than any scenario needs for what follows from one change. */
    private static final Duration LATE = Duration.ofSeconds(30);

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
        Golden golden = golden();
        forEachWrite(golden);
        return golden.writes();
    }

    /**
     * The same; and besides, one event after the other comes half a minute late, together with all that follows it in its watch,
     * and is left out where a later one of the same object waits by then. Returns how many writes there were to die of.
     */
    public int forEachWriteAndEvent() throws Exception {
        Golden golden = golden();
        forEachWrite(golden);
        int events = golden.events();
        for (int n = 1; n <= events; n += Math.max(1, events / EVENTS)) {
            int late = n;
            mustEnd(golden.end(), "when event " + n + " comes late", faults -> faults.delayEvent(late, LATE));
        }
        return golden.writes();
    }

    /** How it ends when nothing goes wrong, and what there is that might. */
    private record Golden(String end, int writes, int events) {}

    private Golden golden() throws Exception {
        try (S scenario = fresh.get()) {
            String end = run.apply(scenario);
            Faults faults = victim.apply(scenario).faults();
            return new Golden(end, faults.writes(), faults.events());
        }
    }

    private void forEachWrite(Golden golden) throws Exception {
        for (int n = 1; n <= golden.writes(); n++) {
            int last = n;
            mustEnd(golden.end(), "after a crash at write " + n, faults -> faults.crashAfterWrite(last));
        }
    }

    private void mustEnd(String golden, String when, Consumer<Faults> misfortune) throws Exception {
        try (S scenario = fresh.get()) {
            misfortune.accept(victim.apply(scenario).faults());
            String end = run.apply(scenario);
            if (!end.equals(golden)) {
                throw new AssertionError(when + " it ends as\n" + end + "\ninstead of\n" + golden);
            }
        } catch (SimulationFailure e) {
            throw new AssertionError(when + ": " + e.getMessage(), e);
        }
    }
}
