package io.orchestrator.apiserver.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FairSeatsTest {
    private static final Level HIGH = limited("high", 30, 50);
    private static final Level LOW = limited("low", 70, 50);

    private final List<String> served = new ArrayList<>();
    private final Map<String, Deque<FairSeats.Seat>> seated = new HashMap<>();

    private static Level limited(String name, int shares, int lendable) {
        return new Level(name, false, shares, lendable, -1, 5, 100);
    }

    private FairSeats.Entry enter(FairSeats seats, String level, String flow) {
        FairSeats.Entry entry = seats.enter(level, flow, Runnable::run, seat -> sit(flow, seat));
        FairSeats.Seat seat = entry.seat();
        if (seat != null) {
            sit(flow, seat);
        }
        return entry;
    }

    private void sit(String flow, FairSeats.Seat seat) {
        served.add(flow);
        seated.computeIfAbsent(flow, key -> new ArrayDeque<>()).add(seat);
    }

    private void leave(String flow) {
        seated.get(flow).remove().leave();
    }

    @Test
    void whoFindsASeatTakesItAndWhoFindsNoneWaits() {
        FairSeats seats = new FairSeats(2, List.of(LOW));
        assertThat(enter(seats, "low", "a").seat()).isNotNull();
        assertThat(enter(seats, "low", "a").seat()).isNotNull();
        assertThat(enter(seats, "low", "a").turn()).isNotNull();
        leave("a");
        assertThat(served).hasSize(3);
    }

    @Test
    void whoAsksMuchWaitsForWhoAsksLittle() {
        FairSeats seats = new FairSeats(3, List.of(LOW));
        for (int i = 0; i < 8; i++) {
            enter(seats, "low", "noisy");
        }
        enter(seats, "low", "quiet");
        leave("noisy");
        assertThat(served.get(served.size() - 1)).isEqualTo("quiet");
    }

    @Test
    void flowsThatHoldAsMuchTakeTurns() {
        FairSeats seats = new FairSeats(1, List.of(LOW));
        enter(seats, "low", "first");
        for (int i = 0; i < 3; i++) {
            enter(seats, "low", "a");
        }
        for (int i = 0; i < 3; i++) {
            enter(seats, "low", "b");
        }
        for (int i = 0; i < 6; i++) {
            leave(served.get(served.size() - 1));
        }
        assertThat(served).containsExactly("first", "a", "b", "a", "b", "a", "b");
    }

    @Test
    void onlySoManyOfAFlowWaitAndTheNextIsSentAway() {
        FairSeats seats = new FairSeats(1, List.of(LOW));
        for (int i = 0; i < 6; i++) {
            enter(seats, "low", "noisy");
        }
        assertThatThrownBy(() -> enter(seats, "low", "noisy")).isInstanceOfSatisfying(ApiException.class, refused -> {
            assertThat(refused.reason()).isEqualTo(Reason.TOO_MANY_REQUESTS);
            assertThat(refused.retryAfterSeconds()).isEqualTo(1);
        });
        assertThat(enter(seats, "low", "quiet").turn()).isNotNull();
    }

    @Test
    void aLevelLendsOnlyWhatItLends() {
        FairSeats seats = new FairSeats(10, List.of(HIGH, LOW));
        int low = 0;
        while (enter(seats, "low", "flow-" + low).seat() != null) {
            low++;
        }
        // Three are high's, of which it lends half: two, as Kubernetes rounds.
        assertThat(low).isEqualTo(9);
        assertThat(enter(seats, "high", "h").seat()).isNotNull();
        assertThat(enter(seats, "high", "h").turn()).isNotNull();
    }

    @Test
    void aLevelBelowItsOwnComesBeforeOneThatBorrows() {
        FairSeats seats = new FairSeats(10, List.of(HIGH, LOW));
        for (int i = 0; i < 12; i++) {
            enter(seats, "low", "low-" + i % 2);
        }
        for (int i = 0; i < 4; i++) {
            enter(seats, "high", "high");
        }
        leave("low-0");
        assertThat(served.get(served.size() - 1)).isEqualTo("high");
        leave("low-1");
        assertThat(served.get(served.size() - 1)).isEqualTo("high");
        leave("low-0");
        assertThat(served.get(served.size() - 1)).isNotEqualTo("high");
    }

    @Test
    void exemptRequestsNeverWait() {
        FairSeats seats = new FairSeats(1, List.of(Level.exempt("exempt"), LOW));
        enter(seats, "low", "a");
        for (int i = 0; i < 20; i++) {
            assertThat(enter(seats, "exempt", "admin").seat()).isNotNull();
        }
    }

    @Test
    void whoGivesUpIsNotServed() {
        FairSeats seats = new FairSeats(1, List.of(LOW));
        enter(seats, "low", "a");
        FairSeats.Turn turn = enter(seats, "low", "b").turn();
        assertThat(turn).isNotNull();
        assertThat(turn.giveUp()).isTrue();
        assertThat(turn.giveUp()).isFalse();
        leave("a");
        assertThat(served).containsExactly("a");
        assertThat(enter(seats, "low", "c").seat()).isNotNull();
    }

    @Test
    void otherLevelsMayComeWhileSomeWait() {
        FairSeats seats = new FairSeats(2, List.of(LOW));
        enter(seats, "low", "a");
        enter(seats, "low", "a");
        enter(seats, "low", "b");
        seats.configure(List.of(HIGH));
        assertThat(enter(seats, "high", "h").turn()).isNotNull();
        leave("a");
        leave("a");
        assertThat(served).containsExactly("a", "a", "h", "b");
    }

    @Test
    void noSeatIsLostOrMadeWhateverComes() {
        Random random = new Random(7);
        FairSeats seats = new FairSeats(9, List.of(Level.exempt("exempt"), HIGH, LOW));
        for (int i = 0; i < 5_000; i++) {
            String flow = "flow-" + random.nextInt(6);
            String level = random.nextBoolean() ? "high" : "low";
            if (random.nextInt(3) > 0) {
                try {
                    FairSeats.Turn turn = enter(seats, level, flow).turn();
                    if (turn != null && random.nextInt(8) == 0) {
                        turn.giveUp();
                    }
                } catch (ApiException full) {
                    assertThat(full.reason()).isEqualTo(Reason.TOO_MANY_REQUESTS);
                }
            } else {
                seated.values().stream()
                        .filter(held -> !held.isEmpty())
                        .findAny()
                        .ifPresent(held -> held.remove().leave());
            }
            int inUse = seated.values().stream().mapToInt(Deque::size).sum();
            assertThat(inUse).isLessThanOrEqualTo(9);
            assertThat(seats.standings().stream()
                            .mapToInt(FairSeats.Standing::inUse)
                            .sum())
                    .isEqualTo(inUse);
        }
        while (seated.values().stream().anyMatch(held -> !held.isEmpty())) {
            seated.values().stream()
                    .filter(held -> !held.isEmpty())
                    .findFirst()
                    .ifPresent(held -> held.remove().leave());
        }
        assertThat(seats.standings()).allSatisfy(level -> {
            assertThat(level.inUse()).isZero();
            assertThat(level.waiting()).isZero();
        });
    }
}
