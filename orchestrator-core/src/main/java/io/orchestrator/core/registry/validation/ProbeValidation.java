package io.orchestrator.core.registry.validation;

import io.orchestrator.api.meta.Names;
import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.ExecAction;
import io.orchestrator.api.model.core.GRPCAction;
import io.orchestrator.api.model.core.HTTPGetAction;
import io.orchestrator.api.model.core.Lifecycle;
import io.orchestrator.api.model.core.LifecycleHandler;
import io.orchestrator.api.model.core.Probe;
import io.orchestrator.api.model.core.SleepAction;
import io.orchestrator.api.model.core.TCPSocketAction;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What must hold of probes and of hooks into a container's life. */
final class ProbeValidation {
    private static final List<String> SCHEMES = List.of("HTTP", "HTTPS");

    private ProbeValidation() {}

    static void container(Container container, Path field, Violations violations) {
        probe(container.livenessProbe(), field.child("livenessProbe"), true, violations);
        probe(container.readinessProbe(), field.child("readinessProbe"), false, violations);
        probe(container.startupProbe(), field.child("startupProbe"), true, violations);
        Lifecycle lifecycle = container.lifecycle();
        if (lifecycle != null) {
            hook(lifecycle.postStart(), field.child("lifecycle").child("postStart"), violations);
            hook(lifecycle.preStop(), field.child("lifecycle").child("preStop"), violations);
        }
    }

    /** @param ends whether a failure ends the container, so that one success must do */
    private static void probe(@Nullable Probe probe, Path field, boolean ends, Violations violations) {
        if (probe == null) {
            return;
        }
        oneHandler(field, violations, probe.exec(), probe.httpGet(), probe.tcpSocket(), probe.grpc());
        actions(probe.exec(), probe.httpGet(), probe.tcpSocket(), field, violations);
        GRPCAction grpc = probe.grpc();
        if (grpc != null) {
            Check.port(field.child("grpc").child("port"), grpc.port(), violations);
        }
        Check.notNegative(field.child("initialDelaySeconds"), probe.initialDelaySeconds(), violations);
        Check.notNegative(field.child("timeoutSeconds"), probe.timeoutSeconds(), violations);
        Check.notNegative(field.child("periodSeconds"), probe.periodSeconds(), violations);
        Check.notNegative(field.child("successThreshold"), probe.successThreshold(), violations);
        Check.notNegative(field.child("failureThreshold"), probe.failureThreshold(), violations);
        if (ends && probe.successThreshold() != 1) {
            violations.invalid(field.child("successThreshold"), probe.successThreshold(), "must be 1");
        }
        Long grace = probe.terminationGracePeriodSeconds();
        if (grace != null && !ends) {
            violations.invalid(
                    field.child("terminationGracePeriodSeconds"), grace, "must not be set for readinessProbes");
        } else if (grace != null && grace <= 0) {
            violations.invalid(field.child("terminationGracePeriodSeconds"), grace, "must be greater than 0");
        }
    }

    private static void hook(@Nullable LifecycleHandler handler, Path field, Violations violations) {
        if (handler == null) {
            return;
        }
        oneHandler(field, violations, handler.exec(), handler.httpGet(), handler.tcpSocket(), handler.sleep());
        actions(handler.exec(), handler.httpGet(), handler.tcpSocket(), field, violations);
        SleepAction sleep = handler.sleep();
        if (sleep != null) {
            Check.notNegative(field.child("sleep").child("seconds"), sleep.seconds(), violations);
        }
    }

    private static void oneHandler(Path field, Violations violations, @Nullable Object... handlers) {
        long given = Stream.of(handlers).filter(Objects::nonNull).count();
        if (given == 0) {
            violations.required(field, "must specify a handler type");
        } else if (given > 1) {
            violations.forbidden(field, "may not specify more than 1 handler type");
        }
    }

    private static void actions(
            @Nullable ExecAction exec,
            @Nullable HTTPGetAction http,
            @Nullable TCPSocketAction tcp,
            Path field,
            Violations violations) {
        if (exec != null && exec.command().isEmpty()) {
            violations.required(field.child("exec").child("command"));
        }
        if (tcp != null) {
            Check.port(field.child("tcpSocket").child("port"), tcp.port(), violations);
        }
        if (http != null) {
            Path at = field.child("httpGet");
            if (http.path().isEmpty()) {
                violations.required(at.child("path"));
            }
            Check.port(at.child("port"), http.port(), violations);
            violations.oneOf(at.child("scheme"), http.scheme(), SCHEMES);
            http.httpHeaders()
                    .forEach(header -> violations.invalid(
                            at.child("httpHeaders"), header.name(), Names.httpHeader(header.name())));
        }
    }
}
