package io.orchestrator.core.network.userspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.core.network.Balancing;
import io.orchestrator.spi.network.ServicePort;
import io.orchestrator.spi.network.ServicePort.Endpoint;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which endpoint a connection gets, by a clock of the test's own. */
class RouteTest {
    private static final Endpoint A = new Endpoint("10.0.0.1", 80);
    private static final Endpoint B = new Endpoint("10.0.0.2", 80);
    private static final Endpoint C = new Endpoint("10.0.0.3", 80);

    private final AtomicLong nanos = new AtomicLong();

    private Route route(@Nullable Duration affinity, Endpoint... endpoints) {
        return new Route(port(affinity, endpoints), nanos::get, Admission.OPEN, Balancing.ROUND_ROBIN);
    }

    private static ServicePort port(@Nullable Duration affinity, Endpoint... endpoints) {
        return new ServicePort(
                "default", "web", "", List.of("10.96.0.5"), 80, 0, "TCP", affinity, List.of(endpoints), List.of());
    }

    private static InetAddress client(int number) {
        try {
            return InetAddress.getByName("192.0.2." + number);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static @Nullable Endpoint next(Route route, int client) {
        return route.choose(client(client), Set.of());
    }

    @Test
    void endpointsTakeTurns() {
        Route route = route(null, A, B, C);
        List<@Nullable Endpoint> chosen = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            chosen.add(next(route, i));
        }
        assertThat(chosen).containsExactly(A, B, C, A, B, C);
    }

    @Test
    void oneThatWasTriedIsPassedOverAndWhenAllWereThereIsNone() {
        Route route = route(null, A, B);
        assertThat(route.choose(client(1), Set.of(A))).isEqualTo(B);
        assertThat(route.choose(client(1), Set.of(A, B))).isNull();
    }

    @Test
    void aClientIsKeptForAsLongAsTheServiceSaysSinceItAskedLast() {
        Route route = route(Duration.ofSeconds(10), A, B);
        assertThat(next(route, 1)).isEqualTo(A);
        assertThat(next(route, 2)).isEqualTo(B);
        for (int i = 0; i < 5; i++) {
            pass(Duration.ofSeconds(9));
            assertThat(next(route, 1)).isEqualTo(A);
        }
        // The other has not asked meanwhile, and takes the turn that it is.
        assertThat(next(route, 2)).isEqualTo(A);
        pass(Duration.ofSeconds(10));
        assertThat(next(route, 1)).isEqualTo(B);
    }

    @Test
    void aServiceThatKeepsNobodyAnyMoreForgetsWhomItKept() {
        Route route = route(Duration.ofHours(3), A, B);
        assertThat(next(route, 1)).isEqualTo(A);
        route.become(port(null, A, B));
        assertThat(next(route, 1)).isEqualTo(B);
        route.become(port(Duration.ofHours(3), A, B));
        assertThat(next(route, 1)).isEqualTo(A);
        assertThat(next(route, 1)).isEqualTo(A);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
