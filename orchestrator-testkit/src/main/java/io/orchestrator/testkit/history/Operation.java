package io.orchestrator.testkit.history;

/**
 * One call of one client.
 *
 * @param begun when it was made, and
 * @param ended when its answer was there, on a clock that all clients share and that ticks once for each of these; an answer that
 *     never came has {@link Long#MAX_VALUE}
 */
public record Operation(int client, StoreCall call, long begun, long ended, Outcome outcome) {

    boolean endedBefore(Operation other) {
        return ended < other.begun;
    }
}
