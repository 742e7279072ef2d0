package io.orchestrator.apiserver.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchestrator.core.auth.CertificateAuthority;
import io.orchestrator.core.auth.Identity;
import io.orchestrator.core.env.Environment;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.eclipse.jetty.server.Handler;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ServingRenewalTest {
    private final ManualTimers timers = new ManualTimers();
    private final SetClock clock = new SetClock();
    private final CertificateAuthority authority = CertificateAuthority.create("test", clock, new SecureRandom());

    @AfterEach
    void stop() {
        timers.shutdownNow();
    }

    private Identity issue() {
        return authority.issueServer(List.of("node"), List.of("127.0.0.1"));
    }

    private ServingRenewal renewal(Identity shown, Supplier<Identity> source, List<Identity> door) {
        Environment environment = new Environment(clock, System::nanoTime, timers, Runnable::run, new Random(1));
        return new ServingRenewal(shown, source, door::add, environment);
    }

    /** Lets timers run for so long. */
    private void pass(Duration time) {
        Instant end = clock.instant().plus(time);
        while (!clock.instant().plus(timers.delay).isAfter(end)) {
            assertThat(timers.delay).isBetween(Duration.ofSeconds(1), Duration.ofMinutes(10));
            clock.now = clock.now.plus(timers.delay);
            timers.ring();
        }
        clock.now = end;
    }

    private Duration life(Identity identity) {
        return Duration.between(
                clock.instant(), identity.certificate().getNotAfter().toInstant());
    }

    @Test
    void anotherOneIsShownWhenMostOfItsTimeIsOver() {
        Identity first = issue();
        Identity second = issue();
        List<Identity> door = new ArrayList<>();
        Duration tenth = life(first).dividedBy(10);
        try (ServingRenewal renewal = renewal(first, () -> second, door)) {
            renewal.start();
            pass(tenth.multipliedBy(6));
            assertThat(door).isEmpty();
            pass(tenth.multipliedBy(2));
            assertThat(door).containsExactly(second);
            assertThat(timers.task).as("and so on").isNotNull();
        }
    }

    @Test
    void whoIsRefusedOrGivenTheSameShowsWhatItHasAndAsksAgain() {
        Identity first = issue();
        List<Identity> door = new ArrayList<>();
        List<Supplier<Identity>> answers = new ArrayList<>(List.of(
                () -> {
                    throw new IllegalStateException("nobody answers");
                },
                () -> first));
        try (ServingRenewal renewal = renewal(first, () -> answers.remove(0).get(), door)) {
            renewal.start();
            pass(life(first).multipliedBy(95).dividedBy(100));
            assertThat(door).isEmpty();
            assertThat(answers).isEmpty();
            assertThat(timers.task).isNotNull();
        }
    }

    @Test
    void whoseClockSaysThatAllTimeIsOverAsksOnceAMinute() {
        Identity first = issue();
        List<Identity> door = new ArrayList<>();
        List<Identity> issued = List.of(issue(), issue());
        clock.now = clock.now.plus(life(first)).plus(Duration.ofDays(1));
        AtomicInteger asked = new AtomicInteger();
        try (ServingRenewal renewal = renewal(first, () -> issued.get(asked.getAndIncrement() % 2), door)) {
            renewal.start();
            pass(Duration.ofMinutes(60));
            assertThat(asked).hasValue(60);
            assertThat(door).as("clients may know another time").hasSize(60);
        }
    }

    @Test
    void atTheEndOfTheAuthoritysTimeItIsNotAskedBackToBack() {
        Instant end = authority.certificate().getNotAfter().toInstant();
        clock.now = end.minus(Duration.ofHours(1));
        AtomicInteger asked = new AtomicInteger();
        Supplier<Identity> source = () -> {
            asked.incrementAndGet();
            return issue();
        };
        try (ServingRenewal renewal = renewal(issue(), source, new ArrayList<>())) {
            renewal.start();
            pass(Duration.ofHours(1));
            assertThat(asked).hasValueBetween(2, 20);
            pass(Duration.ofHours(1));
            assertThat(asked).hasValueBetween(50, 81);
        }
    }

    @Test
    void aMachineThatSleptThroughTheTimeAsksSoonAfterItWakes() {
        Identity first = issue();
        Identity second = issue();
        List<Identity> door = new ArrayList<>();
        try (ServingRenewal renewal = renewal(first, () -> second, door)) {
            renewal.start();
            clock.now = clock.now.plus(life(first));
            pass(Duration.ofMinutes(10));
            assertThat(door).containsExactly(second);
        }
    }

    @Test
    void anErrorOfTheSourceIsNotTheEndOfAllAttempts() {
        Identity first = issue();
        Identity second = issue();
        List<Identity> door = new ArrayList<>();
        List<Supplier<Identity>> answers = new ArrayList<>(List.of(
                () -> {
                    throw new StackOverflowError("once");
                },
                () -> second));
        try (ServingRenewal renewal = renewal(first, () -> answers.remove(0).get(), door)) {
            renewal.start();
            Duration life = life(first);
            assertThatThrownBy(() -> pass(life)).isInstanceOf(StackOverflowError.class);
            pass(life(first));
            assertThat(door).containsExactly(second);
        }
    }

    @Test
    void aDoorThatStandsOpenShowsTheNewCertificateToWhoComesNext() throws Exception {
        Identity first = issue();
        Identity second = issue();
        try (JettyServer server = JettyServer.start(
                "127.0.0.1", 0, 8, Duration.ofSeconds(10), first, authority.certificate(), sockets -> new Nothing())) {
            int port = server.port();
            assertThat(shownAt(port)).isEqualTo(first.certificate());
            server.renew(second, authority.certificate());
            assertThat(shownAt(port)).isEqualTo(second.certificate());
        }
    }

    private static X509Certificate shownAt(int port) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Anybody()}, null);
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    private static final class Nothing extends Handler.Abstract {
        @Override
        public boolean handle(
                org.eclipse.jetty.server.Request request,
                org.eclipse.jetty.server.Response response,
                org.eclipse.jetty.util.Callback callback) {
            return false;
        }
    }

    private static final class Anybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** Stands where the test sets it. */
    private static final class SetClock extends Clock {
        private Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return Clock.fixed(now, zone);
        }
    }

    /** Remembers the last task, and runs it when it is told to. */
    private static final class ManualTimers extends ScheduledThreadPoolExecutor {
        private Duration delay = Duration.ZERO;
        private @Nullable Runnable task;

        ManualTimers() {
            super(0);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable command, long time, TimeUnit unit) {
            delay = Duration.ofNanos(unit.toNanos(time));
            task = command;
            return super.schedule(() -> {}, 1, TimeUnit.DAYS);
        }

        void ring() {
            Runnable due = task;
            task = null;
            if (due == null) {
                throw new AssertionError("nothing is due");
            }
            due.run();
        }
    }
}
