package io.orchestrator.apiserver;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.client.Target;
import io.orchestrator.api.model.core.Namespace;
import io.orchestrator.apiserver.http.Exchange;
import io.orchestrator.core.embed.ControlPlane;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * How the server fares: {@code /healthz}, {@code /livez}, {@code /readyz}, single checks below them, {@code ?verbose} and
 * {@code ?exclude=}. The store's check is called {@code etcd}, whatever the store is: that is what is asked for. Thread-safe.
 */
final class HealthHandler {
    private static final int OK = 200;
    private static final int FAILED = 500;
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String STORE = "etcd";
    private static final String STORE_READINESS = "etcd-readiness";
    private static final String SHUTDOWN = "shutdown";
    private static final List<String> LIVE = List.of("ping", STORE);
    private static final List<String> READY = List.of("ping", STORE, STORE_READINESS, "informer-sync", SHUTDOWN);

    private final ControlPlane plane;
    private volatile boolean closing;

    HealthHandler(ControlPlane plane) {
        this.plane = plane;
    }

    /** From now on the server is not ready. */
    void close() {
        closing = true;
    }

    static Set<String> paths() {
        Set<String> paths = new TreeSet<>();
        for (String root : List.of("/healthz", "/livez", "/readyz")) {
            paths.add(root);
            checks(root.substring(1)).forEach(check -> paths.add(root + "/" + check));
        }
        return paths;
    }

    private static List<String> checks(String root) {
        return root.equals("readyz") ? READY : LIVE;
    }

    void handle(Exchange exchange, List<String> segments) {
        String root = segments.get(0);
        String asked = segments.size() > 1 ? String.join("/", segments.subList(1, segments.size())) : "";
        if (!asked.isEmpty() && !checks(root).contains(asked)) {
            throw new ApiException(Reason.NOT_FOUND, "the server could not find the requested resource");
        }
        List<String> excluded = new ArrayList<>(exchange.query().all("exclude"));
        StringBuilder report = new StringBuilder();
        boolean failed = false;
        for (String check : asked.isEmpty() ? checks(root) : List.of(asked)) {
            if (asked.isEmpty() && excluded.remove(check)) {
                report.append("[+]").append(check).append(" excluded: ok\n");
            } else if (holds(check)) {
                report.append("[+]").append(check).append(" ok\n");
            } else {
                failed = true;
                report.append("[-]").append(check).append(" failed: reason withheld\n");
            }
        }
        if (!excluded.isEmpty() && asked.isEmpty()) {
            report.append("warn: some health checks cannot be excluded: no matches for \"")
                    .append(String.join("\",\"", excluded))
                    .append("\"\n");
        }
        String name = asked.isEmpty() ? root : asked;
        boolean verbose = failed || exchange.query().has("verbose");
        String text = verbose ? report + name + " check " + (failed ? "failed" : "passed") + "\n" : "ok";
        exchange.setHeader("Cache-Control", "no-cache, private");
        exchange.setHeader("X-Content-Type-Options", "nosniff");
        exchange.answer(failed ? FAILED : OK, TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    private boolean holds(String check) {
        return switch (check) {
            case STORE -> storeAnswers();
            // A store that is read and takes no writes is no reason to end the server, and one to ask another.
            case STORE_READINESS -> plane.registry().storeFault().isEmpty();
            case SHUTDOWN -> !closing;
            // The door is opened when the caches are warm, and whoever reads this is being answered.
            default -> true;
        };
    }

    private boolean storeAnswers() {
        try {
            plane.registry()
                    .list(
                            Target.collection(Namespace.TYPE, ""),
                            ListOptions.all().page(1, ""));
            return true;
        } catch (ApiException e) {
            return false;
        }
    }
}
