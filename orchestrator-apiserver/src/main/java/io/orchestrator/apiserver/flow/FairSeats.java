package io.orchestrator.apiserver.flow;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * So many requests are served at a time. Each level of priority has seats of its own; those that it lends are anybody's while
 * it leaves them empty. A seat that becomes free goes to the level that has the least of what is its own, and there to the
 * flow that holds the fewest, so that whoever asks much waits for those who ask little. Who finds too many waiting before it
 * is sent away.
 */
public final class FairSeats {
    private static final Logger LOG = LoggerFactory.getLogger(FairSeats.class);
    private static final int RETRY_SECONDS = 1;

    private final int total;
    private final Object lock = new Object();

    @GuardedBy("lock")
    private Map<String, LevelSeats> levels = new LinkedHashMap<>();

    /** Seats in use, also those of levels that are no more. */
    @GuardedBy("lock")
    private int inUse;

    /** @param total seats of all levels that are not exempt */
    public FairSeats(int total, List<Level> levels) {
        if (total < 1) {
            throw new IllegalArgumentException("nobody would ever be served");
        }
        this.total = total;
        configure(levels);
    }

    /** From now on these are the levels. Who has a seat or waits keeps its place. */
    public void configure(List<Level> wanted) {
        synchronized (lock) {
            int shares = Math.max(1, wanted.stream().mapToInt(Level::shares).sum());
            Map<String, LevelSeats> fresh = new LinkedHashMap<>();
            for (Level level : wanted) {
                LevelSeats known = levels.remove(level.name());
                LevelSeats seats = known == null ? new LevelSeats(level.name()) : known;
                seats.configure(level, total, shares);
                fresh.put(level.name(), seats);
            }
            // Those who wait in a level that has gone are served like guests: when nobody else wants the seat.
            levels.values().stream().filter(LevelSeats::isBusy).forEach(gone -> {
                gone.retire();
                fresh.put(gone.name(), gone);
            });
            levels = fresh;
        }
        serveWaiting();
    }

    /** A seat that was taken; given back once. */
    public final class Seat {
        private final @Nullable LevelSeats level;
        private final String flow;
        private boolean left;

        private Seat(@Nullable LevelSeats level, String flow) {
            this.level = level;
            this.flow = flow;
        }

        /** Idempotent. Whoever waits for it is served next, by the executor that it brought. */
        public void leave() {
            if (giveBack()) {
                serveWaiting();
            }
        }

        private boolean giveBack() {
            synchronized (lock) {
                if (left || level == null) {
                    return false;
                }
                left = true;
                inUse--;
                level.left(flow);
                return true;
            }
        }
    }

    /** A request in line. */
    public final class Turn {
        private final LevelSeats level;
        private final String flow;
        private final Executor executor;
        private final Served served;

        private Turn(LevelSeats level, String flow, Executor executor, Served served) {
            this.level = level;
            this.flow = flow;
            this.executor = executor;
            this.served = served;
        }

        /** Leaves the line. False when it has a seat already. */
        public boolean giveUp() {
            synchronized (lock) {
                return level.remove(flow, this);
            }
        }

        private void serve() {
            Seat seat = new Seat(level, flow);
            try {
                executor.execute(() -> served.on(seat));
            } catch (RejectedExecutionException e) {
                LOG.debug("the threads have ended, and with them whoever waited for one");
                seat.giveBack();
            }
        }
    }

    /** What a request does once it has its seat, which it must leave. */
    @FunctionalInterface
    public interface Served {
        void on(Seat seat);
    }

    /** A seat, or a place in line; exactly one of the two. */
    public record Entry(@Nullable Seat seat, @Nullable Turn turn) {}

    /**
     * Takes a seat, or a place in line.
     *
     * @param level an unknown one is nobody's: what it asks is served when nobody else wants the seat
     * @param served called on the executor, once, where the request had to wait
     * @throws ApiException with reason TooManyRequests when too many wait already
     */
    public Entry enter(String level, String flow, Executor executor, Served served) {
        synchronized (lock) {
            LevelSeats seats = levels.computeIfAbsent(level, LevelSeats::new);
            if (seats.isExempt()) {
                return new Entry(new Seat(null, flow), null);
            }
            if (seats.waiting() == 0 && mayTake(seats)) {
                inUse++;
                seats.taken(flow);
                return new Entry(new Seat(seats, flow), null);
            }
            if (!seats.mayWait(flow)) {
                throw tooMany();
            }
            Turn turn = new Turn(seats, flow, executor, served);
            seats.add(flow, turn);
            return new Entry(null, turn);
        }
    }

    /** Whether the level may have another seat: one that is its own, or one that nobody else has a claim on. */
    @GuardedBy("lock")
    private boolean mayTake(LevelSeats level) {
        if (level.inUse() < Math.max(1, level.guaranteed())) {
            // Its own, or the one that everybody may have; but it must be free.
            return inUse < total;
        }
        int claimed = 0;
        for (LevelSeats other : levels.values()) {
            if (other != level) {
                claimed += Math.max(0, other.guaranteed() - other.inUse());
            }
        }
        return level.inUse() < level.most() && inUse + claimed < total;
    }

    private void serveWaiting() {
        while (true) {
            Turn next;
            synchronized (lock) {
                LevelSeats neediest = null;
                for (LevelSeats level : levels.values()) {
                    if (level.waiting() > 0
                            && mayTake(level)
                            && (neediest == null || level.fullness() < neediest.fullness())) {
                        neediest = level;
                    }
                }
                if (neediest == null) {
                    return;
                }
                next = neediest.next();
                inUse++;
                neediest.taken(next.flow);
            }
            next.serve();
        }
    }

    /** How a level does. @param seats how many it has of its own */
    public record Standing(String level, int seats, int inUse, int waiting, long served, long refused) {}

    public List<Standing> standings() {
        synchronized (lock) {
            return levels.values().stream().map(LevelSeats::standing).toList();
        }
    }

    static ApiException tooMany() {
        return new ApiException(
                Reason.TOO_MANY_REQUESTS,
                "too many requests, please try again later",
                ApiException.Subject.NONE,
                List.of(),
                RETRY_SECONDS);
    }
}
