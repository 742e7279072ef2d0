package io.orchestrator.apiserver.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.apiserver.http.JettyServer;
import io.orchestrator.core.auth.CertificateAuthority;
import io.orchestrator.core.auth.Identity;
import io.orchestrator.core.env.Environment;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
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

@Timeout(30)
class ServingRenewalTest {
    private final ManualTimers timers = new ManualTimers();
    private final Clock clock = Clock.systemUTC();
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

    @Test
    void anotherOneIsShownWhenMostOfItsTimeIsOver() {
        Identity first = issue();
        Identity second = issue();
        List<Identity> door = new ArrayList<>();
        Duration life = Duration.between(
                clock.instant(), first.certificate().getNotAfter().toInstant());
        try (ServingRenewal renewal = renewal(first, () -> second, door)) {
            renewal.start();
            assertThat(timers.delay)
                    .isBetween(
                            life.multipliedBy(6).dividedBy(10),
                            life.multipliedBy(8).dividedBy(10));
            timers.ring();
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
            timers.ring();
            timers.ring();
            assertThat(door).isEmpty();
            assertThat(answers).isEmpty();
            assertThat(timers.task).isNotNull();
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
