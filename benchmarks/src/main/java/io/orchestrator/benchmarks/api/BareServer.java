package io.orchestrator.benchmarks.api;

import io.orchestrator.apiserver.http.JettyServer;
import io.orchestrator.core.auth.CertificateAuthority;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The limit of our server: the same Jetty with the same TLS, or without it, that answers every request with the same bytes. */
final class BareServer implements AutoCloseable {
    private static final Duration IDLE = Duration.ofMinutes(5);
    private static final int THREADS = 264;

    private volatile byte[] answer = {};
    private final JettyServer server;

    BareServer(CertificateAuthority authority) {
        this.server = JettyServer.start(
                "127.0.0.1",
                0,
                THREADS,
                IDLE,
                authority.issueServer(List.of("localhost"), List.of("127.0.0.1")),
                authority.certificate(),
                webSockets -> new Answering());
    }

    /** One without TLS. */
    BareServer() {
        this.server = JettyServer.startPlain("127.0.0.1", 0, THREADS, IDLE, webSockets -> new Answering());
    }

    int port() {
        return server.port();
    }

    void answers(byte[] body) {
        answer = body;
    }

    @Override
    public void close() {
        server.close();
    }

    /** Does not block: it answers when the last byte of the request is there. */
    private final class Answering extends Handler.Abstract.NonBlocking {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            byte[] body = answer;
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
            if (request.getLength() <= 0) {
                response.write(true, ByteBuffer.wrap(body), callback);
            } else {
                Content.Source.consumeAll(
                        request,
                        Callback.from(() -> response.write(true, ByteBuffer.wrap(body), callback), callback::failed));
            }
            return true;
        }
    }
}
