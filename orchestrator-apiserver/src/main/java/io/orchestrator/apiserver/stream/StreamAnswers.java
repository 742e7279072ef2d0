package io.orchestrator.apiserver.stream;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import io.orchestrator.apiserver.http.Exchange;
import io.orchestrator.apiserver.http.TunnelSocket;
import io.orchestrator.apiserver.http.Upgrades;
import io.orchestrator.apiserver.http.WebSockets;
import io.orchestrator.apiserver.route.Query;
import io.orchestrator.apiserver.spdy.SpdyConnection;
import io.orchestrator.core.env.Environment;
import io.orchestrator.spi.node.PodConnection;
import io.orchestrator.spi.runtime.ExecSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/**
 * Answers requests by streams over a connection that leaves HTTP: commands, attached containers and forwarded ports, over
 * WebSockets or SPDY/3.1. What is wrong is answered before the upgrade. Thread-safe.
 */
public final class StreamAnswers {
    private static final String SPDY = "SPDY/3.1";
    private static final String TUNNEL = SPDY + "+" + SpdyPortForward.PROTOCOL;
    private static final String SPDY_PROTOCOL = "X-Stream-Protocol-Version";
    /** How long a client may take to open the streams that it has asked for. */
    private static final long STREAMS_SECONDS = 30;

    private final WebSockets webSockets;
    private final Upgrades upgrades;
    private final Environment environment;

    public StreamAnswers(WebSockets webSockets, Upgrades upgrades, Environment environment) {
        this.webSockets = webSockets;
        this.upgrades = upgrades;
        this.environment = environment;
    }

    /** Begins a command, or joins one. */
    @FunctionalInterface
    public interface Start {
        CompletionStage<ExecSession> start();
    }

    /**
     * Which streams of a command are asked for. With a terminal all output comes on one.
     *
     * @param tty whether there is a terminal
     */
    public record Wanted(boolean stdin, boolean stdout, boolean stderr, boolean tty) {
        /** @throws ApiException with reason BadRequest when it is none */
        public Wanted {
            stderr = stderr && !tty;
            if (!stdin && !stdout && !stderr) {
                throw ApiException.badRequest("you must specify at least one of stdin, stdout, stderr");
            }
        }
    }

    /**
     * Whether it is a WebSocket that is asked for, or SPDY.
     *
     * @throws ApiException with reason BadRequest when it is neither
     */
    public static boolean isWebSocket(Exchange exchange) {
        if (!exchange.method().equals("GET") && !exchange.method().equals("POST")) {
            throw new ApiException(
                    Reason.METHOD_NOT_ALLOWED, "the server does not allow this method on the requested resource");
        }
        boolean webSocket = WebSockets.isAskedFor(exchange);
        if (!webSocket && !Upgrades.isAskedFor(exchange, SPDY)) {
            throw ApiException.badRequest("Upgrade request required");
        }
        return webSocket;
    }

    /** Begins a command and hands its streams to the client. */
    public void command(Exchange exchange, Wanted wanted, Start start) {
        boolean stdout = wanted.stdout();
        boolean stderr = wanted.stderr();
        if (isWebSocket(exchange)) {
            ChannelProtocol protocol = ChannelProtocol.of(exchange.subprotocols())
                    .orElseThrow(() -> unknownProtocol(exchange.subprotocols()));
            RemoteCommand command = begun(start, stdout, stderr);
            webSockets.accept(
                    exchange,
                    exchange.subprotocols().isEmpty() ? "" : protocol.protocol(),
                    new CommandSocket(command, protocol),
                    command::close);
            return;
        }
        String protocol = SpdyCommand.protocol(exchange.words(SPDY_PROTOCOL))
                .orElseThrow(() -> unknownProtocol(exchange.words(SPDY_PROTOCOL)));
        RemoteCommand command = begun(start, stdout, stderr);
        SpdyCommand streams = new SpdyCommand(command, wanted.stdin(), wanted.tty());
        SpdyConnection connection = new SpdyConnection(streams, environment.executor());
        try {
            upgrades.accept(exchange, SPDY, Map.of(SPDY_PROTOCOL, protocol), connection);
        } catch (RuntimeException e) {
            command.close();
            throw e;
        }
        environment
                .timers()
                .schedule(
                        () -> {
                            if (!streams.isBegun()) {
                                environment.executor().execute(connection::close);
                            }
                        },
                        STREAMS_SECONDS,
                        TimeUnit.SECONDS);
    }

    private RemoteCommand begun(Start start, boolean stdout, boolean stderr) {
        return new RemoteCommand(NodeAnswer.await(start.start()), stdout, stderr, environment.executor());
    }

    /**
     * Forwards ports.
     *
     * @param pod its name, for the client's eyes
     * @param connect to a port of it
     */
    public void forward(Exchange exchange, String pod, IntFunction<CompletionStage<PodConnection>> connect) {
        boolean webSocket = isWebSocket(exchange);
        var executor = environment.executor();
        List<String> offered = webSocket ? exchange.subprotocols() : exchange.words(SPDY_PROTOCOL);
        if (!webSocket || offered.contains(TUNNEL)) {
            if (!webSocket && !offered.contains(SpdyPortForward.PROTOCOL)) {
                throw unknownProtocol(offered);
            }
            SpdyConnection connection = new SpdyConnection(new SpdyPortForward(pod, connect, executor), executor);
            if (webSocket) {
                webSockets.accept(exchange, TUNNEL, new TunnelSocket(connection), connection::closed);
            } else {
                upgrades.accept(exchange, SPDY, Map.of(SPDY_PROTOCOL, SpdyPortForward.PROTOCOL), connection);
            }
            return;
        }
        boolean plain = offered.isEmpty() || offered.contains(SpdyPortForward.PROTOCOL);
        ChannelProtocol protocol =
                plain ? ChannelProtocol.V4 : ChannelProtocol.of(offered).orElseThrow(() -> unknownProtocol(offered));
        SocketPortForward forward = new SocketPortForward(pod, ports(exchange.query()), protocol, connect, executor);
        String chosen = offered.isEmpty() ? "" : plain ? SpdyPortForward.PROTOCOL : protocol.protocol();
        webSockets.accept(exchange, chosen, forward, forward::close);
    }

    private static List<Integer> ports(Query query) {
        List<Integer> ports = new ArrayList<>();
        for (String parameter : query.all("ports")) {
            for (String each : parameter.split(",")) {
                ports.add(port(each.strip()));
            }
        }
        if (ports.isEmpty()) {
            throw ApiException.badRequest("query parameter \"ports\" is required");
        }
        if (ports.size() > SocketPortForward.MAX_PORTS) {
            throw ApiException.badRequest("too many ports: at most " + SocketPortForward.MAX_PORTS);
        }
        return ports;
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port > 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            throw ApiException.badRequest("unable to parse \"" + text + "\" as a port");
        }
        throw ApiException.badRequest("port \"" + text + "\" must be > 0 and < 65536");
    }

    private static ApiException unknownProtocol(List<String> offered) {
        return ApiException.badRequest("unable to negotiate a stream protocol: the client supports " + offered);
    }
}
