package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.IntOrString;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/** A {@link Probe} in the making: one way to ask, and how often. */
public final class ProbeDraft {
    private Probe probe = Probe.EMPTY;

    ProbeDraft() {}

    /** A status from 200 to 399 is a yes. */
    public ProbeDraft httpGet(String path, int port) {
        return httpGet(get -> get.path(path).port(IntOrString.of(port)));
    }

    public ProbeDraft httpGet(String path, String portName) {
        return httpGet(get -> get.path(path).port(IntOrString.of(portName)));
    }

    public ProbeDraft httpGet(UnaryOperator<HTTPGetActionBuilder> edit) {
        return set(probe.withHttpGet(edit.apply(HTTPGetActionBuilder.builder()).build()));
    }

    /** An accepted connection is a yes. */
    public ProbeDraft tcp(int port) {
        TCPSocketAction action =
                TCPSocketActionBuilder.builder().port(IntOrString.of(port)).build();
        return set(probe.withTcpSocket(action));
    }

    /** A command that exits with 0 is a yes. */
    public ProbeDraft exec(String... command) {
        return set(probe.withExec(
                ExecActionBuilder.builder().command(List.of(command)).build()));
    }

    /** The answer {@code SERVING} of the gRPC health service is a yes. */
    public ProbeDraft grpc(int port) {
        return set(probe.withGrpc(GRPCActionBuilder.builder().port(port).build()));
    }

    public ProbeDraft initialDelay(Duration delay) {
        return set(probe.withInitialDelaySeconds(seconds(delay)));
    }

    public ProbeDraft every(Duration period) {
        return set(probe.withPeriodSeconds(seconds(period)));
    }

    public ProbeDraft timeout(Duration timeout) {
        return set(probe.withTimeoutSeconds(seconds(timeout)));
    }

    /** So many failures in a row count as one. */
    public ProbeDraft failureThreshold(int failures) {
        return set(probe.withFailureThreshold(failures));
    }

    /** So many successes in a row count as one. */
    public ProbeDraft successThreshold(int successes) {
        return set(probe.withSuccessThreshold(successes));
    }

    /** For whatever has no verb of its own here. */
    public ProbeDraft spec(UnaryOperator<ProbeBuilder> edit) {
        return set(edit.apply(ProbeBuilder.builder(probe)).build());
    }

    Probe build() {
        return probe;
    }

    private ProbeDraft set(Probe changed) {
        probe = changed;
        return this;
    }

    private static int seconds(Duration duration) {
        return Math.toIntExact(duration.toSeconds());
    }
}
