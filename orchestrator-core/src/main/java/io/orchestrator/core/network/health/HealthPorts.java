package io.orchestrator.core.network.health;

import io.orchestrator.core.env.Environment;
import io.orchestrator.core.network.io.LoopGroup;
import io.orchestrator.spi.network.ProxyReport.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The ports on which load balancers ask. */
public final class HealthPorts implements HealthReports {
    private final Environment environment;
    private final Map<Integer, HealthListener> listeners = new HashMap<>();
    private @Nullable LoopGroup loop;
    private boolean closed;

    /** Keeps a thread of the environment's executor from the first port on. */
    public HealthPorts(Environment environment) {
        this.environment = environment;
    }

    @Override
    public synchronized List<Problem> serve(Collection<HealthCheck> checks) {
        Map<Integer, HealthCheck> wanted = new HashMap<>();
        checks.forEach(check -> wanted.putIfAbsent(check.port(), check));
        listeners.entrySet().removeIf(entry -> {
            boolean gone = !wanted.containsKey(entry.getKey());
            if (gone) {
                entry.getValue().stop();
            }
            return gone;
        });
        List<Problem> problems = new ArrayList<>();
        if (!closed) {
            wanted.values().forEach(check -> serve(check, problems));
        }
        return problems;
    }

    private void serve(HealthCheck check, List<Problem> problems) {
        HealthListener listener = listeners.get(check.port());
        if (listener != null) {
            listener.say(check);
            return;
        }
        try {
            LoopGroup group = loop;
            if (group == null) {
                group = LoopGroup.start(1, environment.executor(), environment.nanoTime());
                loop = group;
            }
            listeners.put(check.port(), HealthListener.open(group.next(), check));
        } catch (IOException e) {
            problems.add(new Problem(
                    check.namespace(),
                    check.service(),
                    "0.0.0.0",
                    check.port(),
                    "HealthCheckNotServed",
                    "the health check node port " + check.port() + " cannot be opened: " + e.getMessage()));
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        listeners.clear();
        if (loop != null) {
            loop.close();
            loop = null;
        }
    }
}
