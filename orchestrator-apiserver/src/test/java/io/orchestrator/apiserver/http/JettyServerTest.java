package io.orchestrator.apiserver.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(240)
class JettyServerTest {
    @Test
    void aRequestThatDoesNotEndIsCutWhenTheServerClosesAndThatIsNoFailure() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        Handler endless = new Handler.Abstract.NonBlocking() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                asked.countDown();
                return true;
            }
        };
        JettyServer server = JettyServer.startPlain("127.0.0.1", 0, 10, Duration.ofMinutes(5), webSockets -> endless);
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            client.setSoTimeout(60_000);
            client.getOutputStream().write("GET / HTTP/1.1\r\nHost: here\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();
            server.close();
            server.close();
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }
}
