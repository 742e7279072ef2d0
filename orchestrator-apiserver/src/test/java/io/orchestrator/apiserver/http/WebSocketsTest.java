package io.orchestrator.apiserver.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(240)
class WebSocketsTest {
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server, 1, 1);
    private final OpenPeers peers = new OpenPeers(1);
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    @BeforeEach
    void listen() throws Exception {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        WebSockets sockets = new WebSockets(ServerWebSocketContainer.ensure(server), Duration.ofSeconds(10), peers);
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                sockets.accept(new Exchange(request, response, callback), "", new Farewell(), () -> {});
                return true;
            }
        });
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    /** Ends the connection when the first message comes, as a command may end while its input is still on its way. */
    private final class Farewell implements SocketEndpoint {
        private volatile WebSocket socket;

        @Override
        public void opened(WebSocket opened) {
            socket = opened;
        }

        @Override
        public void received(byte[] message, boolean text) {
            socket.close();
            socket.demand();
        }

        @Override
        public void closed() {
            ended.complete(null);
            // Nobody may mind who comes late.
            socket.demand();
            socket.close();
        }
    }

    /** The JDK's client answers a close with its own. */
    private static final class Client implements java.net.http.WebSocket.Listener {
        private final CompletableFuture<Integer> code = new CompletableFuture<>();

        @Override
        public CompletionStage<?> onClose(java.net.http.WebSocket socket, int status, String reason) {
            code.complete(status);
            return null;
        }
    }

    @Test
    void whoClosesWhileInputComesStillHearsTheAnswerAndGivesUpItsPlace() throws Exception {
        Client client = new Client();
        URI uri = URI.create("ws://127.0.0.1:" + connector.getLocalPort() + "/");
        java.net.http.WebSocket socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(uri, client)
                .get(60, TimeUnit.SECONDS);
        socket.sendBinary(ByteBuffer.wrap(new byte[] {0, 1}), true).get(60, TimeUnit.SECONDS);

        assertThat(client.code.get(60, TimeUnit.SECONDS)).isEqualTo(1000);
        ended.get(60, TimeUnit.SECONDS);
        peers.enter().leave(null);
    }
}
