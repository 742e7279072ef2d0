package io.orchestrator.apiserver.flow;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The seats of one level, and who waits for one, flow by flow. Not thread-safe: {@link FairSeats} guards it.
 */
final class LevelSeats {
    /** What one flow has and wants. Flows that neither sit nor wait are forgotten. */
    private static final class Flow {
        private final Deque<FairSeats.Turn> line = new ArrayDeque<>();
        private int seats;
    }

    private final String name;
    /** Those served longest ago come first. */
    private final Map<String, Flow> flows = new LinkedHashMap<>();

    private boolean exempt;
    private int nominal;
    private int guaranteed;
    private int most = Integer.MAX_VALUE;
    private int queueLength = 1;
    private int longest = 1;
    private int inUse;
    private int waiting;
    private long served;
    private long refused;

    LevelSeats(String name) {
        this.name = name;
    }

    void configure(Level level, int total, int shares) {
        exempt = level.exempt();
        nominal = (int) Math.ceil((double) total * level.shares() / shares);
        guaranteed = exempt ? 0 : nominal - Math.round(nominal * level.lendablePercent() / 100f);
        most = level.borrowingPercent() < 0 ? total : nominal + Math.round(nominal * level.borrowingPercent() / 100f);
        queueLength = level.queueLength();
        longest = level.waiting();
    }

    /** The level is no more: it has no claim, and its guests go when they are done. */
    void retire() {
        exempt = false;
        nominal = 0;
        guaranteed = 0;
        most = Integer.MAX_VALUE;
        queueLength = 1;
        longest = 1;
    }

    String name() {
        return name;
    }

    boolean isExempt() {
        return exempt;
    }

    boolean isBusy() {
        return inUse > 0 || waiting > 0;
    }

    int inUse() {
        return inUse;
    }

    int waiting() {
        return waiting;
    }

    /** Seats that nobody else may sit on for long. */
    int guaranteed() {
        return guaranteed;
    }

    /** Seats that it may have at most. */
    int most() {
        return most;
    }

    /** How much it has of what is its own. */
    double fullness() {
        return nominal == 0 ? Double.MAX_VALUE : (double) inUse / nominal;
    }

    boolean mayWait(String flow) {
        Flow known = flows.get(flow);
        boolean may = waiting < longest && (known == null ? queueLength > 0 : known.line.size() < queueLength);
        if (!may) {
            refused++;
        }
        return may;
    }

    void add(String flow, FairSeats.Turn turn) {
        flows.computeIfAbsent(flow, key -> new Flow()).line.add(turn);
        waiting++;
    }

    boolean remove(String flow, FairSeats.Turn turn) {
        Flow known = flows.get(flow);
        if (known == null || !known.line.remove(turn)) {
            return false;
        }
        waiting--;
        refused++;
        forgetIdle(flow, known);
        return true;
    }

    /** Takes the first in line of the flow that has the fewest seats, and among those of the one served longest ago. */
    FairSeats.Turn next() {
        String chosen = "";
        Flow fewest = null;
        for (Map.Entry<String, Flow> each : flows.entrySet()) {
            Flow flow = each.getValue();
            if (!flow.line.isEmpty() && (fewest == null || flow.seats < fewest.seats)) {
                fewest = flow;
                chosen = each.getKey();
            }
        }
        if (fewest == null) {
            throw new IllegalStateException("nobody waits at level " + name);
        }
        waiting--;
        FairSeats.Turn turn = fewest.line.remove();
        flows.remove(chosen);
        flows.put(chosen, fewest);
        return turn;
    }

    void taken(String flow) {
        flows.computeIfAbsent(flow, key -> new Flow()).seats++;
        inUse++;
        served++;
    }

    void left(String flow) {
        inUse--;
        Flow known = flows.get(flow);
        if (known != null) {
            known.seats--;
            forgetIdle(flow, known);
        }
    }

    private void forgetIdle(String flow, Flow known) {
        if (known.seats == 0 && known.line.isEmpty()) {
            flows.remove(flow);
        }
    }

    FairSeats.Standing standing() {
        return new FairSeats.Standing(name, nominal, inUse, waiting, served, refused);
    }
}
