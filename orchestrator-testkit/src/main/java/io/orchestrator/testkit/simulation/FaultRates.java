package io.orchestrator.testkit.simulation;

import java.time.Duration;

/**
 * How often what goes wrong between a component and the API. Probabilities lie between 0 and 1.
 *
 * @param refused a request is answered with an error and has no effect
 * @param lostRequest a request never arrives; the caller sees a timeout
 * @param lostAnswer a write is carried out; the caller sees a timeout
 * @param crash the component dies right after a write, before it sees the answer
 * @param watchDropped a watch ends in place of an event; it may be resumed
 * @param watchExpired a watch ends in place of an event; the client must list again
 * @param skipped an event is left out because a later one for the same object waits already
 * @param maxEventDelay events of a watch arrive late by up to so much, in order
 * @param staleRevisions a list that asks for everything in all namespaces may show a state so many revisions old
 */
public record FaultRates(
        double refused,
        double lostRequest,
        double lostAnswer,
        double crash,
        double watchDropped,
        double watchExpired,
        double skipped,
        Duration maxEventDelay,
        int staleRevisions) {
    private static final FaultRates NONE = new FaultRates(0, 0, 0, 0, 0, 0, 0, Duration.ZERO, 0);
    private static final FaultRates ROUGH =
            new FaultRates(0.03, 0.03, 0.03, 0.01, 0.03, 0.02, 0.2, Duration.ofSeconds(2), 10);

    /** Nothing goes wrong. */
    public static FaultRates none() {
        return NONE;
    }

    /** A bit of everything. */
    public static FaultRates rough() {
        return ROUGH;
    }

    public FaultRates withCrash(double crash) {
        return new FaultRates(
                refused,
                lostRequest,
                lostAnswer,
                crash,
                watchDropped,
                watchExpired,
                skipped,
                maxEventDelay,
                staleRevisions);
    }

    public FaultRates withMaxEventDelay(Duration maxEventDelay) {
        return new FaultRates(
                refused,
                lostRequest,
                lostAnswer,
                crash,
                watchDropped,
                watchExpired,
                skipped,
                maxEventDelay,
                staleRevisions);
    }

    public FaultRates withStaleRevisions(int staleRevisions) {
        return new FaultRates(
                refused,
                lostRequest,
                lostAnswer,
                crash,
                watchDropped,
                watchExpired,
                skipped,
                maxEventDelay,
                staleRevisions);
    }
}
