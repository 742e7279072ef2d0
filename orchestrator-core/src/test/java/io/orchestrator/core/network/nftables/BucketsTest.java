package io.orchestrator.core.network.nftables;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.core.network.nftables.Buckets.Bucket;
import io.orchestrator.spi.network.ServicePort.Endpoint;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class BucketsTest {
    private final Random random = new Random(11);
    private final Zones zones = new Zones(random);

    private static Lead to(List<Endpoint> endpoints, Set<Endpoint> leaving) {
        return new Lead(endpoints, null, leaving, List.of(), "");
    }

    private List<Endpoint> some() {
        return random.ints(1 + random.nextInt(12), 1, 20)
                .distinct()
                .mapToObj(BucketsTest::at)
                .toList();
    }

    private static Endpoint at(int number) {
        return new Endpoint("10.0.0." + number, 53);
    }

    @Test
    void whateverComesAndGoesAllHaveAlikeAndOnlyWhoLosesItsEndpointIsForgotten() {
        Buckets buckets = Buckets.NONE;
        for (int round = 0; round < 500; round++) {
            List<Endpoint> endpoints = some();
            Set<Endpoint> leaving = random.nextBoolean() ? Set.copyOf(some()) : Set.of();
            Buckets next = buckets.become(to(endpoints, leaving), zones);
            Map<Endpoint, Long> counts = next.endpoints().stream()
                    .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
            assertThat(counts.keySet()).containsExactlyInAnyOrderElementsOf(endpoints);
            assertThat(counts.values())
                    .allMatch(count ->
                            count == Buckets.COUNT / endpoints.size() || count == Buckets.COUNT / endpoints.size() + 1);
            Set<Endpoint> standing = new HashSet<>(endpoints);
            standing.addAll(leaving);
            for (int i = 0; !buckets.all().isEmpty() && i < Buckets.COUNT; i++) {
                Bucket before = buckets.all().get(i);
                Bucket after = next.all().get(i);
                assertThat(after.zone() == before.zone()).isEqualTo(standing.containsAll(before.led()));
                assertThat(after.led()).contains(after.endpoint());
            }
            buckets = next;
        }
    }

    @Test
    void oneThatComesTakesNoMoreThanItsShareAndOneThatGoesGivesNoMore() {
        Buckets two = Buckets.NONE.become(to(List.of(at(1), at(2)), Set.of()), zones);
        Buckets three = two.become(to(List.of(at(1), at(2), at(3)), Set.of()), zones);
        assertThat(moved(two, three)).isEqualTo(Buckets.COUNT / 3);
        assertThat(three.zones()).isEqualTo(two.zones());
        Buckets again = three.become(to(List.of(at(1), at(2)), Set.of()), zones);
        assertThat(moved(three, again)).isEqualTo(Buckets.COUNT / 3);
    }

    private static int moved(Buckets one, Buckets other) {
        int moved = 0;
        for (int i = 0; i < Buckets.COUNT; i++) {
            moved += one.endpoints().get(i).equals(other.endpoints().get(i)) ? 0 : 1;
        }
        return moved;
    }
}
