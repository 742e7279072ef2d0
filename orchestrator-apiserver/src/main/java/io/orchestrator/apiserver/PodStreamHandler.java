package io.orchestrator.apiserver;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import io.orchestrator.apiserver.http.Exchange;
import io.orchestrator.apiserver.http.TunnelSocket;
import io.orchestrator.apiserver.http.Upgrades;
import io.orchestrator.apiserver.http.WebSockets;
import io.orchestrator.apiserver.route.Query;
import io.orchestrator.apiserver.route.RequestPath;
import io.orchestrator.apiserver.spdy.SpdyConnection;
import io.orchestrator.apiserver.stream.ChannelProtocol;
import io.orchestrator.apiserver.stream.CommandSocket;
import io.orchestrator.apiserver.stream.RemoteCommand;
import io.orchestrator.apiserver.stream.SocketPortForward;
import io.orchestrator.apiserver.stream.SpdyCommand;
import io.orchestrator.apiserver.stream.SpdyPortForward;
import io.orchestrator.core.embed.ControlPlane;
import io.orchestrator.spi.node.PodConnection;
import io.orchestrator.spi.runtime.ExecSession;
import io.orchestrator.spi.runtime.ExecSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/**
 * Streams between a client and a pod over a connection that leaves HTTP: commands, attached containers and forwarded ports,
 * over WebSockets or SPDY/3.1. What is wrong is answered before the upgrade. Thread-safe.
 */
final class PodStreamHandler {
    private static final Set<String> SERVED = Set.of("exec", "attach", "portforward");
    private static final String SPDY = "SPDY/3.1";
    private static final String TUNNEL = SPDY + "+" + SpdyPortForward.PROTOCOL;
    private static final String SPDY_PROTOCOL = "X-Stream-Protocol-Version";
    private static final String WEB_SOCKET_PROTOCOL = "Sec-WebSocket-Protocol";
    /** How long a client may take to open the streams that it has asked for. */
    private static final long STREAMS_SECONDS = 30;

    private final ControlPlane plane;
    private final WebSockets webSockets;
    private final Upgrades upgrades;

    PodStreamHandler(ControlPlane plane, WebSockets webSockets, Upgrades upgrades) {
        this.plane = plane;
        this.webSockets = webSockets;
        this.upgrades = upgrades;
    }

    static boolean handles(RequestPath.OfResource path) {
        return path.group().isEmpty()
                && path.plural().equals("pods")
                && !path.name().isEmpty()
                && SERVED.contains(path.subresource())
                && path.rest().isEmpty();
    }

    void handle(Exchange exchange, RequestPath.OfResource path) {
        if (!exchange.method().equals("GET") && !exchange.method().equals("POST")) {
            throw new ApiException(
                    Reason.METHOD_NOT_ALLOWED, "the server does not allow this method on the requested resource");
        }
        boolean webSocket = WebSockets.isAskedFor(exchange);
        if (!webSocket && !Upgrades.isAskedFor(exchange, SPDY)) {
            throw ApiException.badRequest("Upgrade request required");
        }
        switch (path.subresource()) {
            case "exec" -> exec(exchange, path, webSocket);
            case "attach" -> attach(exchange, path, webSocket);
            default -> forward(exchange, path, webSocket);
        }
    }

    private void exec(Exchange exchange, RequestPath.OfResource path, boolean webSocket) {
        Query query = exchange.query();
        if (query.all("command").isEmpty()) {
            throw ApiException.badRequest("you must specify at least 1 command");
        }
        ExecSpec spec = new ExecSpec(query.all("command"), query.flag("stdin"), query.flag("tty"));
        command(
                exchange,
                webSocket,
                () -> plane.pods().exec(path.namespace(), path.name(), query.text("container"), spec));
    }

    private void attach(Exchange exchange, RequestPath.OfResource path, boolean webSocket) {
        Query query = exchange.query();
        command(
                exchange,
                webSocket,
                () -> plane.pods().attach(path.namespace(), path.name(), query.text("container"), query.flag("stdin")));
    }

    /** Begins a command, or joins one. */
    private interface Start {
        CompletionStage<ExecSession> start();
    }

    private void command(Exchange exchange, boolean webSocket, Start start) {
        Query query = exchange.query();
        boolean stdin = query.flag("stdin");
        boolean stdout = query.flag("stdout");
        boolean tty = query.flag("tty");
        boolean stderr = query.flag("stderr") && !tty;
        if (!stdin && !stdout && !stderr) {
            throw ApiException.badRequest("you must specify at least one of stdin, stdout, stderr");
        }
        if (webSocket) {
            ChannelProtocol protocol = ChannelProtocol.of(exchange.words(WEB_SOCKET_PROTOCOL))
                    .orElseThrow(() -> unknownProtocol(exchange.words(WEB_SOCKET_PROTOCOL)));
            RemoteCommand command = begun(start, stdout, stderr);
            webSockets.accept(
                    exchange,
                    exchange.words(WEB_SOCKET_PROTOCOL).isEmpty() ? "" : protocol.protocol(),
                    new CommandSocket(command, protocol),
                    command::close);
            return;
        }
        String protocol = SpdyCommand.protocol(exchange.words(SPDY_PROTOCOL))
                .orElseThrow(() -> unknownProtocol(exchange.words(SPDY_PROTOCOL)));
        RemoteCommand command = begun(start, stdout, stderr);
        SpdyCommand streams = new SpdyCommand(command, stdin, tty);
        SpdyConnection connection =
                new SpdyConnection(streams, plane.environment().executor());
        try {
            upgrades.accept(exchange, SPDY, Map.of(SPDY_PROTOCOL, protocol), connection);
        } catch (RuntimeException e) {
            command.close();
            throw e;
        }
        plane.environment()
                .timers()
                .schedule(
                        () -> {
                            if (!streams.isBegun()) {
                                plane.environment().executor().execute(connection::close);
                            }
                        },
                        STREAMS_SECONDS,
                        TimeUnit.SECONDS);
    }

    private RemoteCommand begun(Start start, boolean stdout, boolean stderr) {
        return new RemoteCommand(
                NodeAnswer.await(start.start()),
                stdout,
                stderr,
                plane.environment().executor());
    }

    private void forward(Exchange exchange, RequestPath.OfResource path, boolean webSocket) {
        IntFunction<CompletionStage<PodConnection>> connect =
                port -> plane.pods().connect(path.namespace(), path.name(), port);
        var executor = plane.environment().executor();
        RunningPod.require(plane.registry(), path.namespace(), path.name());
        List<String> offered = exchange.words(webSocket ? WEB_SOCKET_PROTOCOL : SPDY_PROTOCOL);
        if (!webSocket || offered.contains(TUNNEL)) {
            if (!webSocket && !offered.contains(SpdyPortForward.PROTOCOL)) {
                throw unknownProtocol(offered);
            }
            SpdyConnection connection =
                    new SpdyConnection(new SpdyPortForward(path.name(), connect, executor), executor);
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
        SocketPortForward forward =
                new SocketPortForward(path.name(), ports(exchange.query()), protocol, connect, executor);
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
