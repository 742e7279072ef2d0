package io.orchestrator.apiserver.flow;

/**
 * A level of priority, as a PriorityLevelConfiguration describes it.
 *
 * @param exempt whether its requests need no seat
 * @param shares of the seats that are its own, in proportion to those of the other levels
 * @param lendablePercent of its own seats, which others may use while it does not
 * @param borrowingPercent of its own seats, which it may use of others beyond them; negative for as many as there are
 * @param queueLength how many requests of one flow may wait for a seat; 0 where who finds none is sent away
 * @param waiting how many requests may wait, all flows together
 */
public record Level(
        String name,
        boolean exempt,
        int shares,
        int lendablePercent,
        int borrowingPercent,
        int queueLength,
        int waiting) {

    /** One whose requests need no seat. */
    public static Level exempt(String name) {
        return new Level(name, true, 0, 0, 0, 0, 0);
    }
}
