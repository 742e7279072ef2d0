package io.orchestrator.core.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.model.certificates.CertificateSigningRequest;
import io.orchestrator.core.embed.Cluster;
import io.orchestrator.core.env.Environment;
import io.orchestrator.testkit.simulation.VirtualTime;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real cluster signs; the node's time passes as the test says. */
@Timeout(60)
class NodeCredentialsTest {
    private static final Duration LIFE = Duration.ofDays(10);
    private static final Duration MOMENT = Duration.ofSeconds(1);

    @TempDir
    private Path folder;

    private final VirtualTime time = VirtualTime.inOrder();
    private final Environment environment = time.environment(new Random(1));
    private final List<Cluster> clusters = new ArrayList<>();

    @BeforeEach
    void meetTheClustersTime() {
        time.jump(Duration.between(time.clock().instant(), Instant.now()));
    }

    @AfterEach
    void close() {
        clusters.forEach(Cluster::close);
    }

    private Client cluster() {
        Cluster started = Cluster.builder().nodes(0).start();
        clusters.add(started);
        return started.client();
    }

    private Client clusterThatIsGone() {
        Client client = cluster();
        clusters.get(clusters.size() - 1).close();
        return client;
    }

    private NodeCredentials credentials() {
        return new NodeCredentials(
                folder.resolve("node.pem"), new CertificateOrder("w1", new SecureRandom(), LIFE), environment);
    }

    private static BigInteger serial(NodeCredentials credentials) {
        return credentials.current().identity().orElseThrow().chain().get(0).getSerialNumber();
    }

    private static Duration tenths(int count) {
        return LIFE.multipliedBy(count).dividedBy(10);
    }

    @Test
    void theNextOneIsOrderedWhenBetweenSevenAndNineTenthsOfItsLifeAreOverAndKept() {
        Client cluster = cluster();
        try (NodeCredentials credentials = credentials()) {
            credentials.order(cluster);
            BigInteger first = serial(credentials);
            credentials.keepFresh(cluster, Optional.empty());
            time.advance(tenths(7).minus(MOMENT));
            assertThat(serial(credentials)).isEqualTo(first);
            time.advance(tenths(2).plus(MOMENT));
            assertThat(serial(credentials)).isNotEqualTo(first);
            assertThat(serial(credentials())).as("in the file").isEqualTo(serial(credentials));
        }
    }

    @Test
    void afterARestartTheAgeThatItHasCounts() {
        Client cluster = cluster();
        BigInteger first;
        try (NodeCredentials credentials = credentials()) {
            credentials.order(cluster);
            first = serial(credentials);
        }
        time.advance(tenths(9));
        try (NodeCredentials credentials = credentials()) {
            assertThat(serial(credentials)).isEqualTo(first);
            credentials.keepFresh(cluster, Optional.empty());
            time.advance(MOMENT);
            assertThat(serial(credentials)).isNotEqualTo(first);
        }
        time.advance(tenths(10));
        assertThat(credentials().areThere()).as("one that is over").isFalse();
    }

    @Test
    void whileNobodySignsItGoesOnWithWhatItHasAndAsksEachMinute() {
        Client gone = clusterThatIsGone();
        List<Duration> asked = new ArrayList<>();
        Supplier<Client> token = () -> {
            asked.add(time.elapsed());
            return asked.size() < 4 ? gone : cluster();
        };
        try (NodeCredentials credentials = credentials()) {
            credentials.order(cluster());
            BigInteger first = serial(credentials);
            credentials.keepFresh(gone, Optional.of(token));
            while (asked.size() < 3) {
                time.advance(Duration.ofMinutes(1));
            }
            assertThat(serial(credentials)).isEqualTo(first);
            time.advance(Duration.ofMinutes(1));
            assertThat(serial(credentials)).as("by the token").isNotEqualTo(first);
            time.advance(Duration.ofMinutes(10));
            assertThat(asked).hasSize(4);
            for (int i = 1; i < 4; i++) {
                assertThat(asked.get(i).minus(asked.get(i - 1))).isEqualTo(Duration.ofMinutes(1));
            }
        }
    }

    @Test
    void whoseClockSaysThatAllTimeIsOverOrdersOnceAMinute() {
        Client cluster = cluster();
        time.jump(LIFE.multipliedBy(2));
        try (NodeCredentials credentials = credentials()) {
            credentials.order(cluster);
            credentials.keepFresh(cluster, Optional.empty());
            time.advance(Duration.ofMinutes(5));
            assertThat(cluster.resources(CertificateSigningRequest.TYPE).list().items())
                    .hasSize(6);
        }
    }

    @Test
    void aMachineThatSleptThroughTheTimeOrdersSoonAfterItWakes() {
        Client cluster = cluster();
        try (NodeCredentials credentials = credentials()) {
            credentials.order(cluster);
            BigInteger first = serial(credentials);
            credentials.keepFresh(cluster, Optional.empty());
            time.jump(tenths(9));
            time.advance(Duration.ofMinutes(10));
            assertThat(serial(credentials)).isNotEqualTo(first);
        }
    }

    @Test
    void anErrorIsNotTheEndOfAllAttempts() {
        Client gone = clusterThatIsGone();
        Client cluster = cluster();
        List<Duration> asked = new ArrayList<>();
        Supplier<Client> token = () -> {
            asked.add(time.elapsed());
            if (asked.size() == 1) {
                throw new StackOverflowError("once");
            }
            return cluster;
        };
        try (NodeCredentials credentials = credentials()) {
            credentials.order(cluster);
            BigInteger first = serial(credentials);
            credentials.keepFresh(gone, Optional.of(token));
            assertThatThrownBy(() -> time.advance(tenths(9))).isInstanceOf(StackOverflowError.class);
            time.advance(Duration.ofMinutes(1));
            assertThat(asked).hasSize(2);
            assertThat(serial(credentials)).isNotEqualTo(first);
        }
    }

    @Test
    void whoWasClosedOrdersNoMore() {
        Client cluster = cluster();
        NodeCredentials credentials = credentials();
        credentials.order(cluster);
        BigInteger first = serial(credentials);
        credentials.keepFresh(cluster, Optional.empty());
        credentials.close();
        time.advance(LIFE);
        assertThat(serial(credentials)).isEqualTo(first);
    }
}
