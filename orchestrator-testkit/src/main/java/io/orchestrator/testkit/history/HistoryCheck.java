package io.orchestrator.testkit.history;

import io.orchestrator.spi.store.Change;
import io.orchestrator.spi.store.Expect;
import io.orchestrator.spi.store.StoreKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a history is linearizable: whether every call could have happened at one moment between its begin and its answer, all in
 * one order, with the answers that were given (Herlihy and Wing, 1990). The order of the writes is that of the watch; every other
 * call is placed at the first state that explains its answer and that nothing which ended before it has left behind. The first is
 * the best, as a later one only narrows what comes after it; so where this finds no order, there is none.
 *
 * <p>A write without an answer may have happened, at any time after it began: it has where the watch shows it.
 */
public final class HistoryCheck {
    private static final int NOWHERE = -1;

    private final WriteLog log;

    /** @param changes all changes of the history, from a watch that began before it on a prefix with nothing under it */
    public HistoryCheck(List<Change> changes) {
        this.log = new WriteLog(changes);
    }

    /** What cannot be, in words; empty when the history is linearizable. */
    public List<String> violations(List<Operation> operations) {
        List<String> violations = new ArrayList<>(log.violations());
        Map<Operation, Integer> writes = writes(operations, violations);
        place(operations, writes, violations);
        return violations;
    }

    /**
     * What is wrong with what another watch delivered of the same history.
     *
     * @param after the revision behind which it began
     * @param upTo the revision up to which it was followed
     */
    public List<String> violations(StoreKey prefix, long after, long upTo, List<Change> delivered) {
        List<Change> wanted = log.changes().stream()
                .filter(c ->
                        c.revision() > after && c.revision() <= upTo && c.key().startsWith(prefix))
                .toList();
        List<Change> got = delivered.stream().filter(c -> c.revision() <= upTo).toList();
        for (int i = 0; i < Math.max(wanted.size(), got.size()); i++) {
            if (i >= wanted.size() || i >= got.size() || !WriteLog.same(wanted.get(i), got.get(i))) {
                return List.of("a watch of " + prefix + " after " + after + " has "
                        + (i < got.size() ? got.get(i) : "nothing") + " as number " + i + " where another has "
                        + (i < wanted.size() ? wanted.get(i) : "nothing"));
            }
        }
        return List.of();
    }

    /** Which change each write made. */
    private Map<Operation, Integer> writes(List<Operation> operations, List<String> violations) {
        Map<Operation, Integer> writes = new HashMap<>();
        Set<Integer> claimed = new HashSet<>();
        for (Operation operation : operations) {
            int index = changeOf(operation, violations);
            if (index != NOWHERE) {
                writes.put(operation, index);
                if (!claimed.add(index)) {
                    violations.add("two calls made the " + log.describe(index) + ", one is " + operation);
                }
            }
        }
        claimRemovals(operations, writes, claimed);
        for (int i = 0; i < log.size(); i++) {
            if (!claimed.contains(i)) {
                violations.add("nobody asked for the " + log.describe(i));
            }
        }
        return writes;
    }

    private int changeOf(Operation operation, List<String> violations) {
        Outcome outcome = operation.outcome();
        if (outcome instanceof Outcome.Written written) {
            int index = log.indexOfRevision(written.entry().revision());
            if (index == NOWHERE
                    || !written.entry().equals(log.state(index + 1).get(((StoreCall.Put) operation.call()).key()))) {
                violations.add("acknowledged, but not in the watch: " + operation);
                return NOWHERE;
            }
            return index;
        }
        if (outcome instanceof Outcome.Removed removed) {
            StoreKey key = ((StoreCall.Delete) operation.call()).key();
            int index = log.indexOfRevision(removed.revision());
            if (index == NOWHERE
                    || !(log.change(index) instanceof Change.Removed change
                            && change.key().equals(key))
                    || !removed.previous().equals(log.state(index).get(key))) {
                violations.add("acknowledged, but not in the watch: " + operation);
                return NOWHERE;
            }
            return index;
        }
        if (operation.call() instanceof StoreCall.Put put) {
            int index = log.indexOfValue(put.value());
            if (index != NOWHERE && !(outcome instanceof Outcome.Unknown)) {
                violations.add("refused, but in the watch: " + operation);
            }
            return index;
        }
        return NOWHERE;
    }

    /** Removals that nobody was told of were made by deletes without an answer: by the earliest, which fits wherever one fits. */
    private void claimRemovals(List<Operation> operations, Map<Operation, Integer> writes, Set<Integer> claimed) {
        List<Operation> candidates = new ArrayList<>(operations.stream()
                .filter(o -> o.call() instanceof StoreCall.Delete && o.outcome() instanceof Outcome.Unknown)
                .toList());
        for (int i = 0; i < log.size(); i++) {
            if (log.change(i) instanceof Change.Removed removed && !claimed.contains(i)) {
                int index = i;
                candidates.stream()
                        .filter(o -> ((StoreCall.Delete) o.call()).key().equals(removed.key()) && allows(o, index))
                        .findFirst()
                        .ifPresent(o -> {
                            candidates.remove(o);
                            claimed.add(index);
                            writes.put(o, index);
                        });
            }
        }
    }

    private void place(List<Operation> operations, Map<Operation, Integer> writes, List<String> violations) {
        PriorityQueue<Placed> underWay =
                new PriorityQueue<>(Comparator.comparingLong(p -> p.operation().ended()));
        Placed behind = null;
        long revision = 0;
        for (Operation operation : operations) {
            while (!underWay.isEmpty() && underWay.peek().operation().endedBefore(operation)) {
                Placed over = underWay.remove();
                behind = behind == null || over.position() >= behind.position() ? over : behind;
                revision = Math.max(revision, revisionOf(over.operation()));
            }
            int from = behind == null ? 0 : behind.position();
            int position = position(operation, writes.get(operation), from);
            if (position == NOWHERE && mustFit(operation, writes)) {
                violations.add(operation + " fits nowhere behind state " + from + " of " + log.size()
                        + ", which was there before: " + (behind == null ? "the beginning" : behind.operation()));
            } else if (revisionOf(operation) != 0 && revisionOf(operation) < revision) {
                violations.add(operation + " is at an older revision than " + revision + ", which was seen before");
            }
            if (position != NOWHERE) {
                underWay.add(new Placed(operation, position));
            }
        }
    }

    private record Placed(Operation operation, int position) {}

    /** An acknowledged write that is not in the watch has been reported as such. */
    private static boolean mustFit(Operation operation, Map<Operation, Integer> writes) {
        Outcome outcome = operation.outcome();
        return writes.containsKey(operation)
                || !(outcome instanceof Outcome.Unknown
                        || outcome instanceof Outcome.NotDone
                        || outcome instanceof Outcome.Written
                        || outcome instanceof Outcome.Removed);
    }

    /** The first state from {@code from} on in which the answer is right; for a write, the one that it made. */
    private int position(Operation operation, @Nullable Integer change, int from) {
        if (change != null) {
            return change >= from && allows(operation, change) ? change + 1 : NOWHERE;
        }
        for (int position = from; position <= log.size(); position++) {
            if (explains(position, operation)) {
                return position;
            }
        }
        return NOWHERE;
    }

    /** Whether the write could have been done on the state before this change. */
    private boolean allows(Operation operation, int index) {
        StoreCall call = operation.call();
        Expect expect = call instanceof StoreCall.Put put ? put.expect() : ((StoreCall.Delete) call).expect();
        return log.stands(expect, index) && log.holds(log.change(index).key(), expect, index);
    }

    private boolean explains(int position, Operation operation) {
        Outcome outcome = operation.outcome();
        if (operation.call() instanceof StoreCall.Get get) {
            return outcome instanceof Outcome.Found found
                    && same(found.entry(), log.state(position).get(get.key()));
        }
        if (outcome instanceof Outcome.Listed listed) {
            return position == log.positionAt(listed.revision())
                    && log.state(position).equals(listed.entries());
        }
        if (outcome instanceof Outcome.Reached reached) {
            return position == log.positionAt(reached.revision());
        }
        if (operation.call() instanceof StoreCall.Put put) {
            return refused(position, put.key(), put.expect(), outcome);
        }
        return operation.call() instanceof StoreCall.Delete delete
                && (outcome instanceof Outcome.NothingThere
                        ? log.stands(delete.expect(), position)
                                && log.holds(delete.key(), delete.expect(), position)
                                && !log.state(position).containsKey(delete.key())
                        : refused(position, delete.key(), delete.expect(), outcome));
    }

    private boolean refused(int position, StoreKey key, Expect expect, Outcome outcome) {
        if (outcome instanceof Outcome.Fenced) {
            return !log.stands(expect, position);
        }
        return outcome instanceof Outcome.Conflicted conflict
                && log.stands(expect, position)
                && !log.holds(key, expect, position)
                && same(conflict.current(), log.state(position).get(key));
    }

    private static boolean same(@Nullable Seen one, @Nullable Seen other) {
        return one == null ? other == null : one.equals(other);
    }

    private static long revisionOf(Operation operation) {
        return operation.outcome() instanceof Outcome.Listed listed
                ? listed.revision()
                : operation.outcome() instanceof Outcome.Reached reached ? reached.revision() : 0;
    }
}
