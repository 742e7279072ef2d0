package io.orchestrator.core.network.userspace;

import io.orchestrator.core.env.Environment;
import io.orchestrator.core.network.Redirection;
import io.orchestrator.core.network.io.Channels;
import io.orchestrator.core.network.io.LoopGroup;
import io.orchestrator.core.network.io.SelectorLoop;
import io.orchestrator.spi.network.ProxyReport;
import io.orchestrator.spi.network.ProxyReport.Problem;
import io.orchestrator.spi.network.ServicePort;
import io.orchestrator.spi.network.ServiceProxy;
import io.orchestrator.spi.network.ServiceTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves services by listening on their addresses and copying bytes, without any privilege but that to bind the ports.
 *
 * <p>A connection stays with its endpoint until either side ends it, also when the endpoint is no longer in the table; it is
 * reset when its address and port are no longer served. An endpoint that does not accept is passed over for another one.
 * Without endpoints the port is not listened to, so that clients are refused.
 */
public final class UserSpaceProxy implements ServiceProxy {
    private static final Logger LOG = LoggerFactory.getLogger(UserSpaceProxy.class);

    /** Names a service port across tables; that for traffic from outside may be one of its own. */
    private record RouteKey(String namespace, String service, String portName, String protocol, String first) {
        static RouteKey of(ServicePort port) {
            String first = port.addresses().isEmpty() ? "" : port.addresses().get(0);
            return new RouteKey(port.namespace(), port.service(), port.portName(), port.protocol(), first);
        }
    }

    /** Loaded now: a class that lies in a directory cannot be once no descriptors are left, and then never again. */
    private static final List<Class<?>> NEEDED =
            List.of(TcpRelay.class, Pipe.class, Channels.class, Shortage.Alarm.class);

    private final Settings settings;
    private final Environment environment;
    private final Admission admission;
    private final LoopGroup loops;
    private final Shortage shortage;

    // Owned by whoever applies, one at a time.
    private final Map<RouteKey, Route> routes = new HashMap<>();
    private final Map<Bind, Frontend> frontends = new LinkedHashMap<>();
    /** Which service port is served where, of those that claim it. */
    private Map<Bind, ServicePort> owners = new LinkedHashMap<>();
    /** Where two of them claim the same. */
    private List<Problem> claims = List.of();
    /** What could not be opened: it is tried again with every table. */
    private final Set<Bind> unopened = new LinkedHashSet<>();

    private ServiceTable served = ServiceTable.empty();
    private boolean whole = true;
    private boolean closed;

    /** Keeps a thread of the environment's executor per loop until it is closed. */
    public UserSpaceProxy(Environment environment, Settings settings) {
        this(environment, settings, Admission.OPEN);
    }

    /**
     * The same.
     *
     * @param admission who may be led where
     */
    public UserSpaceProxy(Environment environment, Settings settings, Admission admission) {
        LOG.trace("serves by {}", NEEDED);
        this.admission = admission;
        this.settings = settings;
        this.environment = environment;
        this.shortage = new Shortage(environment.nanoTime());
        try {
            this.loops = LoopGroup.start(settings.loops(), environment.executor(), environment.nanoTime());
        } catch (IOException e) {
            throw new UncheckedIOException("no selector is to be had", e);
        }
    }

    @Override
    public String name() {
        return "userspace";
    }

    /**
     * Why new connections are not to be had, when this process has no descriptors left: each takes two. Those that wait are accepted
     * once others end; those that are accepted, and cannot be led on, are reset. Empty while nothing is short.
     */
    public String shortage() {
        return shortage.why();
    }

    /** @param changed is run whenever {@link #shortage()} says something else; must not block */
    public void whenShortageChanges(Runnable changed) {
        shortage.tells(changed);
    }

    @Override
    public synchronized ProxyReport apply(ServiceTable table) {
        if (closed) {
            throw new IllegalStateException("the proxy is closed");
        }
        List<Problem> problems = new ArrayList<>();
        // After a failure in between, what is served is not what was.
        Optional<List<Redirection>> redirections = whole ? Redirection.between(served, table) : Optional.empty();
        whole = false;
        if (redirections.isPresent()) {
            follow(redirections.get(), problems);
        } else {
            serveAll(table, problems);
        }
        problems.addAll(claims);
        served = table;
        whole = true;
        return new ProxyReport(problems);
    }

    private void serveAll(ServiceTable table, List<Problem> problems) {
        List<Problem> twice = new ArrayList<>();
        Map<Bind, ServicePort> wanted = wanted(table, twice);
        Set<Route> changed = reroute(table);
        dropFrontends(wanted.keySet());
        unopened.clear();
        owners = wanted;
        claims = twice;
        wanted.forEach((bind, port) -> serve(bind, port, changed, problems));
    }

    private void follow(List<Redirection> redirections, List<Problem> problems) {
        Set<Bind> again = new LinkedHashSet<>(unopened);
        unopened.clear();
        for (Redirection redirection : redirections) {
            ServicePort port = redirection.after();
            Route route = routes.get(RouteKey.of(port));
            Set<Route> changed = route != null && route.become(port) ? Set.of(route) : Set.of();
            for (Bind bind : binds(port)) {
                if (owners.replace(bind, redirection.before(), port)) {
                    again.remove(bind);
                    serve(bind, port, changed, problems);
                }
            }
        }
        for (Bind bind : again) {
            serve(bind, Objects.requireNonNull(owners.get(bind)), Set.of(), problems);
        }
    }

    /** What is to be served, by address. The first service that claims one has it. */
    private Map<Bind, ServicePort> wanted(ServiceTable table, List<Problem> problems) {
        Map<Bind, ServicePort> wanted = new LinkedHashMap<>();
        for (ServicePort port : table.ports()) {
            for (Bind bind : binds(port)) {
                ServicePort other = wanted.putIfAbsent(bind, port);
                if (other != null) {
                    String owner = other.namespace() + "/" + other.service();
                    problems.add(problem(bind, port, "PortInUse", "it is already served for service " + owner));
                }
            }
        }
        return wanted;
    }

    private List<Bind> binds(ServicePort port) {
        String protocol = port.protocol().toUpperCase(Locale.ROOT);
        List<Bind> binds = new ArrayList<>();
        port.addresses().forEach(address -> binds.add(new Bind(protocol, address, port.port())));
        if (port.nodePort() != 0) {
            settings.nodeAddresses().forEach(address -> binds.add(new Bind(protocol, address, port.nodePort())));
        }
        return binds;
    }

    /** Leads every service port to where the table says. Returns the routes that have changed. */
    private Set<Route> reroute(ServiceTable table) {
        Set<Route> changed = new HashSet<>();
        Set<RouteKey> present = new HashSet<>();
        table.ports().forEach(port -> present.add(RouteKey.of(port)));
        routes.keySet().retainAll(present);
        for (ServicePort port : table.ports()) {
            RouteKey key = RouteKey.of(port);
            Route route = routes.get(key);
            if (route == null) {
                routes.put(key, new Route(port, environment.nanoTime(), admission, settings.balancing()));
            } else if (route.become(port)) {
                changed.add(route);
            }
        }
        return changed;
    }

    private void dropFrontends(Set<Bind> wanted) {
        List<Frontend> gone = new ArrayList<>();
        for (Frontend frontend : frontends.values()) {
            if (!wanted.contains(frontend.bind())) {
                gone.add(frontend);
            }
        }
        if (gone.isEmpty()) {
            return;
        }
        gone.forEach(Frontend::stopListening);
        gone.forEach(frontend -> frontends.remove(frontend.bind()));
        Set<Frontend> ended = Set.copyOf(gone);
        for (SelectorLoop loop : loops.all()) {
            loop.await(() -> loop.registered(TcpRelay.class).stream()
                    .filter(relay -> ended.contains(relay.frontend()))
                    .forEach(TcpRelay::abort));
        }
    }

    private void serve(Bind bind, ServicePort port, Set<Route> changed, List<Problem> problems) {
        Route route = routes.get(RouteKey.of(port));
        if (route == null) {
            throw new IllegalStateException("no route was made for " + port);
        }
        Frontend frontend = frontends.get(bind);
        if (frontend == null) {
            frontend = frontend(bind, route);
            frontends.put(bind, frontend);
        }
        frontend.lead(route);
        if (!route.hasEndpoints()) {
            frontend.stopListening();
            return;
        }
        if (changed.contains(route)) {
            frontend.review();
        }
        if (!frontend.isListening()) {
            try {
                frontend.listen();
            } catch (IOException | IllegalArgumentException e) {
                // The latter for addresses and ports that are none: the other services are served all the same.
                problems.add(BindFailure.explain(bind, port, e));
                unopened.add(bind);
            }
        }
    }

    private Frontend frontend(Bind bind, Route route) {
        return bind.isUdp()
                ? new UdpFrontend(bind, route, loops, settings.udpIdle())
                : new TcpFrontend(bind, route, loops, settings.connectTimeout(), shortage);
    }

    private static Problem problem(Bind bind, ServicePort port, String reason, String message) {
        return new Problem(port.namespace(), port.service(), bind.address(), bind.port(), reason, message);
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            loops.close();
            frontends.clear();
            routes.clear();
        }
    }
}
