package io.orchestrator.testkit.simulation;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.model.coordination.Lease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * What goes wrong for one component, by chance and by order, and how often it wrote. Outlives the component's restarts.
 */
public final class Faults {
    private final Random random;
    private final Runnable crash;
    private final Set<ResourceType<?>> held = new HashSet<>();
    private final List<FaultyWatch<?>> watches = new ArrayList<>();
    private final Map<String, Integer> writes = new TreeMap<>();
    private FaultRates rates = FaultRates.none();
    private int patience = 1;
    private boolean partitioned;
    private int crashAtWrite;
    private int freezeAtTry;
    private Duration freezing = Duration.ZERO;
    private Optional<Boolean> thawed = Optional.empty();
    private int tries;
    private int total;
    private int events;
    private int lateEvent;
    private Duration lateness = Duration.ZERO;

    Faults(Random random, Runnable crash) {
        this.random = random;
        this.crash = crash;
    }

    /** From now on things go wrong so often. */
    public void rates(FaultRates rates) {
        this.rates = rates;
    }

    /**
     * Watches last so many times as long as they were asked to. Clients end them every few minutes lest they died in silence; in
     * the simulation whatever dies is told, and over a day such ends are most of what happens.
     */
    public void watchesLast(int times) {
        patience = times;
    }

    int lasting(int seconds) {
        return Math.multiplyExact(seconds, patience);
    }

    FaultRates rates() {
        return rates;
    }

    /** The component dies right after its n-th write from now on, before it sees the answer. */
    public void crashAfterWrite(int n) {
        crashAtWrite = total + n;
    }

    /**
     * The component stands still for so long just before its n-th try from now on to write anything but a lease, having decided
     * on the write and not yet sent it.
     */
    public void freezeBeforeWrite(int n, Duration span) {
        freezeAtTry = tries + n;
        freezing = span;
        thawed = Optional.empty();
    }

    /** Whether the write had an effect that it sent when it thawed; empty as long as it did not freeze or thaw. */
    public Optional<Boolean> thawedWrite() {
        return thawed;
    }

    /** How long the component stands still now that it is about to write. */
    Duration freezesNow(ResourceType<?> type) {
        boolean heartbeat = type.equals(Lease.TYPE);
        return !heartbeat && ++tries == freezeAtTry ? freezing : Duration.ZERO;
    }

    void thawed(boolean effect) {
        thawed = Optional.of(effect);
    }

    /** How often the component tried to write anything but a lease, whatever came of it. */
    public int tries() {
        return tries;
    }

    /** It lives on, whatever it writes. */
    public void crashNoMore() {
        crashAtWrite = 0;
    }

    /** The n-th event of its watches from now on comes so late, and whatever follows it in the same watch waits for it. */
    public void delayEvent(int n, Duration by) {
        lateEvent = events + n;
        lateness = by;
    }

    /** No event comes late any more; the watch that waits for one is taken up anew. */
    public void delayNoMore() {
        lateEvent = 0;
        dropWatches();
    }

    /** How many events its watches had for it, bookmarks aside. */
    public int events() {
        return events;
    }

    /** Whether the event that is about to be delivered is the one that comes late. */
    boolean isNextLate() {
        return ++events == lateEvent;
    }

    Duration lateness() {
        return lateness;
    }

    /** Nothing gets through in either direction; watches stay silent. */
    public void partition() {
        partitioned = true;
    }

    /** Things get through again; the watches find out that they are broken. */
    public void heal() {
        partitioned = false;
        dropWatches();
    }

    boolean isPartitioned() {
        return partitioned;
    }

    /** Events of this kind wait until they are released. */
    public void hold(ResourceType<?> type) {
        held.add(type);
    }

    public void release(ResourceType<?> type) {
        held.remove(type);
        List.copyOf(watches).forEach(FaultyWatch::pump);
    }

    boolean holds(ResourceType<?> type) {
        return partitioned || held.contains(type);
    }

    /** Every watch ends and may be resumed. */
    public void dropWatches() {
        endWatches(new ApiException(Reason.SERVICE_UNAVAILABLE, "the simulation dropped this watch"));
    }

    /** Every watch ends, and where it stopped is no longer known. */
    public void expireWatches() {
        endWatches(new ApiException(Reason.EXPIRED, "the simulation let this watch expire"));
    }

    private void endWatches(ApiException cause) {
        List.copyOf(watches).forEach(watch -> watch.end(cause));
    }

    void opened(FaultyWatch<?> watch) {
        watches.add(watch);
    }

    void ended(FaultyWatch<?> watch) {
        watches.remove(watch);
    }

    /** How many requests to change something had an effect. */
    public int writes() {
        return total;
    }

    /** The same without the heartbeats of nodes, which never rest. */
    public int writesBesideHeartbeats() {
        return writes.entrySet().stream()
                .filter(entry ->
                        !entry.getKey().endsWith(" Lease") && !entry.getKey().endsWith(" Node"))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    /** The same by verb and kind, such as {@code create Pod}. */
    public Map<String, Integer> writesByKind() {
        return new TreeMap<>(writes);
    }

    /** A write was carried out. Returns whether its author is to die of it. */
    boolean wrote(String verb, ResourceType<?> type) {
        total++;
        writes.merge(verb + " " + type.kind(), 1, Integer::sum);
        return total == crashAtWrite || happens(rates.crash());
    }

    void crash() {
        crash.run();
    }

    boolean happens(double probability) {
        return probability > 0 && random.nextDouble() < probability;
    }

    Duration eventDelay() {
        long most = rates.maxEventDelay().toNanos();
        return most == 0 || random.nextInt(3) > 0 ? Duration.ZERO : Duration.ofNanos(random.nextLong(most));
    }

    int staleness() {
        return rates.staleRevisions() == 0 ? 0 : random.nextInt(rates.staleRevisions() + 1);
    }
}
